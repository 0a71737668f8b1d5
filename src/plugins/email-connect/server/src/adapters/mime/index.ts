import type { Mime } from '../../ports';
import { composeMessage } from './compose-message';
import { htmlToText } from './html-to-text';
import { parseHeaders } from './parse-headers';
import { parseMessage } from './parse-message';
import { sanitizeHtml } from './sanitize-html';

/** MIME by mailsplit, libmime, nodemailer, sanitize-html and html-to-text. */
export const createMime = (): Mime => ({
  parseHeaders,
  parseMessage,
  composeMessage,
  sanitizeHtml,
  htmlToText,
});
