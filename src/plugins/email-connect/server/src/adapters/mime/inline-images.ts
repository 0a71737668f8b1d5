import type { ParsedAttachment } from '../../domain/message/message';
import type { MessagePart } from './message-parts';

const CONTENT_ID_LINK = /cid:([^"'\s<>)]{1,998})/gi;

/** The Content-IDs that the HTML refers to (RFC 2392). */
export const referencedContentIds = (html: string): Set<string> =>
  new Set(Array.from(html.matchAll(CONTENT_ID_LINK), ([, id]) => decodeId(id ?? '')));

/**
 * An image that belongs to the text (a logo, a signature, a pasted screenshot) is `inline`; everything else is a
 * file, also a photo that a phone marked as inline although no HTML refers to it (S29).
 */
export const dispositionIn = (
  html: string,
  referenced: ReadonlySet<string>,
  part: Pick<MessagePart, 'contentType' | 'contentId' | 'ancestors'>
): ParsedAttachment['disposition'] => {
  if (html === '' || part.contentId === '' || !part.contentType.startsWith('image/')) return 'attachment';
  const isRelated = part.ancestors.some(({ multipart }) => multipart === 'related');
  return isRelated || referenced.has(part.contentId) ? 'inline' : 'attachment';
};

const decodeId = (id: string): string => {
  try {
    return decodeURIComponent(id.replaceAll('&amp;', '&'));
  } catch {
    return id;
  }
};
