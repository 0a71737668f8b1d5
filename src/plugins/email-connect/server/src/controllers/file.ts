import { Readable } from 'node:stream';
import type { AttachmentFile } from '../services/attachments';
import type { RequestContext } from './answer';

/**
 * Sends a file so that no browser runs it or guesses its type: always a download, never rendered under the site's own
 * origin, never stored by a cache on the way (S30, S37).
 */
export const sendFile = (ctx: RequestContext, { attachment, content }: AttachmentFile): Readable => {
  ctx.attachment(attachment.fileName);
  ctx.type = 'application/octet-stream';
  ctx.set('Content-Length', String(attachment.size));
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  ctx.set('Cache-Control', 'private, no-store');
  return Readable.from(content);
};
