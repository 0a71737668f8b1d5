import libmime from 'libmime';
import { cutBytes, cutText, decodeText } from './decode-text';
import type { MessagePart } from './message-parts';

/** The text of one part, with its place in the tree. */
export interface CollectedText {
  kind: 'plain' | 'html';
  text: string;
  ancestors: MessagePart['ancestors'];
}

const BODY_TYPES: Record<string, CollectedText['kind']> = { 'text/plain': 'plain', 'text/html': 'html' };

/** Text by its type, but meant as a file. */
const FILE_TYPES =
  /^text\/(?:calendar|(?:x-)?vcard|directory|csv|tab-separated-values|rfc822-headers|rtf|xml|css|javascript)$/;

/**
 * Whether a part is text to be read rather than a file: plain or HTML, not attached, and nameless unless it comes
 * first. Another text type that comes first and has no name is shown as it is (RFC 2046 4.1.4).
 */
export const textKindOf = (part: MessagePart, isFirst: boolean): CollectedText['kind'] | null => {
  const kind = BODY_TYPES[part.contentType] ?? (isFirst && isOtherText(part) ? 'plain' : null);
  if (!kind || part.disposition === 'attachment') return null;
  return part.fileName && !isFirst ? null : kind;
};

const isOtherText = ({ contentType, fileName }: MessagePart): boolean =>
  contentType.startsWith('text/') && !fileName && !FILE_TYPES.test(contentType);

/** Reads at most `maxBytes` of the part into memory, whatever its size. */
export const collectText = async (
  part: MessagePart,
  kind: CollectedText['kind'],
  maxBytes: number
): Promise<CollectedText> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of part.content) {
    // One byte beyond the limit shows whether a character ends there.
    const room = Math.max(maxBytes + 1 - size, 0);
    if (room > 0) pieces.push(piece.subarray(0, room));
    size += piece.length;
  }
  const decoded = await decodeText(cutBytes(Buffer.concat(pieces), maxBytes), part.charset);
  // In other charsets the cut may still have split a character.
  const whole = size > maxBytes ? decoded.replace(/\ufffd+$/, '') : decoded;
  const unwrapped = part.flowed ? libmime.decodeFlowed(whole, part.delSp) : whole;
  return { kind, text: cutText(unwrapped, maxBytes), ancestors: part.ancestors };
};
