import type { Attachment } from '../../../../shared/contracts/attachment';
import type { Message } from '../../../../shared/contracts/message';

const sourceOfContentId = /(\ssrc=)(["'])cid:([^"'\s<>]{1,998})\2/gi;
const rasterImage = /^image\/(?:png|jpeg|gif|webp)$/i;
/** Every image stands as text in the frame's document: a few small ones, not a photo album. */
const largestImageBytes = 2_000_000;

/** RFC 2392: in a cid: URL the Content-ID is percent-encoded. */
const decodeId = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded.replaceAll('&amp;', '&'));
  } catch {
    return encoded;
  }
};

const shownIds = (html: string): Set<string> =>
  new Set(Array.from(html.matchAll(sourceOfContentId), ([, , , id]) => decodeId(id ?? '')));

/** The files that are pictures inside a mail's HTML and can be shown there. */
export const inlineImages = ({ html, attachments }: Pick<Message, 'html' | 'attachments'>): Attachment[] => {
  const ids = shownIds(html);
  return attachments.filter(
    ({ contentId, contentType, size, state }) =>
      ids.has(contentId) && state === 'stored' && rasterImage.test(contentType) && size <= largestImageBytes
  );
};

/** HTML in which cid: images are replaced by the given data: URLs, by Content-ID; the other images load nothing. */
export const withInlineImages = (html: string, urls: ReadonlyMap<string, string>): string =>
  html.replace(
    sourceOfContentId,
    (_link, source: string, quote: string, id: string) =>
      `${source}${quote}${urls.get(decodeId(id)) ?? ''}${quote}`
  );

/** The files to list under a message: all but the pictures that its HTML shows (S29). */
export const shownFiles = ({ attachments, html }: Pick<Message, 'attachments' | 'html'>): Attachment[] => {
  const ids = shownIds(html);
  return attachments.filter(
    ({ disposition, contentId }) => disposition === 'attachment' || !ids.has(contentId)
  );
};
