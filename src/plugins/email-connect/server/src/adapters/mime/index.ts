import type { Mime } from '../../ports';
import { composeMessage } from './compose-message';
import { htmlToText } from './html-to-text';
import { parseMessage } from './parse-message';
import { sanitizeHtml } from './sanitize-html';
import { ScannedHeaders } from './scanned-headers';

/** MIME by mailsplit, libmime, nodemailer, sanitize-html and html-to-text. */
export const createMime = (): Mime => ({
  parseHeaders: (headerBytes) => new ScannedHeaders(headerBytes),
  parseMessage,
  composeMessage,
  sanitizeHtml,
  htmlToText,
});
