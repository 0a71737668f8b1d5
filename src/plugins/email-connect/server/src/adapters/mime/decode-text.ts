import { isUtf8 } from 'node:buffer';
import libmime from 'libmime';

const UNDECLARED =
  /^(?:us-?ascii|ascii|ansi_x3\.4-1968|7bit|8bit|binary|default_charset|unknown(?:-8bit)?|x-unknown|x-user-defined|none)?$/i;
const UTF_8 = /^utf-?8$/i;

/**
 * Body bytes as text (S23): line ends as \n, no NUL (PostgreSQL refuses it), no byte order mark.
 * Without a declared charset (or with US-ASCII and bytes beyond it) valid UTF-8 is UTF-8, the rest Windows-1252.
 * UTF-7 is never decoded: it smuggles markup past a sanitiser.
 */
export const decodeText = async (bytes: Buffer, declared: string): Promise<string> =>
  (await decode(bytes, declared.trim()))
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n');

const decode = async (bytes: Buffer, declared: string): Promise<string> => {
  if (UNDECLARED.test(declared))
    return isUtf8(bytes) ? bytes.toString('utf8') : decodeBy('windows-1252', bytes);
  if (UTF_8.test(declared)) return decodeUtf8(bytes);
  const charset = libmime.normalizeCharset(declared);
  // GB 18030 decodes GBK the same and more: senders write emoji under the old label (WHATWG Encoding 10.1).
  return decodeBy(charset === 'GBK' ? 'gb18030' : charset, bytes);
};

/** Some senders label Latin-1 as UTF-8: when no byte above ASCII is part of a valid character, the label is wrong. */
const decodeUtf8 = async (bytes: Buffer): Promise<string> => {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes) || /[\u0080-\ufffc]/.test(text)) return text;
  return decodeBy('windows-1252', bytes);
};

const decodeBy = async (charset: string, bytes: Buffer): Promise<string> => {
  const decoder = libmime.createDecodeStream(charset);
  if (!decoder.supported) return isUtf8(bytes) ? bytes.toString('utf8') : decodeBy('windows-1252', bytes);
  decoder.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of decoder) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * At most `maxBytes`, without half a UTF-8 character at the end, which would make the text look like another charset.
 */
export const cutBytes = (bytes: Buffer, maxBytes: number): Buffer => {
  if (bytes.length <= maxBytes) return bytes;
  let end = Math.max(maxBytes, 0);
  for (let back = 0; back < 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80; back += 1) end -= 1;
  return bytes.subarray(0, end);
};

/** The longest beginning of `text` that takes at most `maxBytes` in UTF-8, without half a character at its end. */
export const cutText = (text: string, maxBytes: number): string => {
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text;
  return cutBytes(Buffer.from(text), maxBytes).toString('utf8');
};
