import { isUtf8 } from 'node:buffer';
import libmime from 'libmime';

const LONGEST_FIELD = 64 * 1024; // a longer value is an attack on its decoder, not a header
const ENCODED_WORD = '=?';
const HIGH_BYTE = /[\u0080-\u00ff]/;
const CONTROLS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g;

/**
 * Header bytes as text. RFC 6532 makes raw 8-bit header text UTF-8; a block that is not valid UTF-8 comes back as
 * latin1, one character a byte, and each of its values is decoded by `repairHighBytes`.
 */
export const headerBlockText = (bytes: Uint8Array): { raw: string; isLatin1: boolean } => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(bytes)
    ? { raw: buffer.toString('utf8'), isLatin1: false }
    : { raw: buffer.toString('latin1'), isLatin1: true };
};

/**
 * Raw bytes that declare no charset (c53): UTF-8 when they are valid in it, else the charset the body declares,
 * else Windows-1252. `value` is latin1, one character a byte.
 */
export const repairHighBytes = (value: string, bodyCharset: string): string => {
  if (!HIGH_BYTE.test(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return libmime.decodeWord(bodyCharset || 'windows-1252', 'B', bytes.toString('base64'));
};

/** Raw ISO-2022 text is 7-bit: only its escape sequences distinguish it from ASCII (RFC 1468). */
export const ISO_2022_ESCAPE = /\u001b\$/;

/** Raw text in the ISO-2022 charset that the body declares, else in ISO-2022-JP (c53). */
export const decodeEscapes = (value: string, bodyCharset: string): string => {
  const charset = /^iso-2022-/i.test(bodyCharset) ? bodyCharset : 'iso-2022-jp';
  return libmime.decodeWord(charset, 'B', Buffer.from(value, 'latin1').toString('base64'));
};

/** Encoded words decoded (RFC 2047), then on one line: no NUL (PostgreSQL), no line break to inject a field with (S37). */
export const decodedText = (value: string): string => onOneLine(decodedWords(value)).trim();

/** Encoded words decoded; the value itself if they cannot be decoded. */
export const decodedWords = (value: string): string => {
  const bounded = value.length > LONGEST_FIELD ? value.slice(0, LONGEST_FIELD) : value;
  if (!bounded.includes(ENCODED_WORD)) return bounded;
  try {
    return libmime.decodeWords(bounded);
  } catch {
    return bounded;
  }
};

/** Control characters and every kind of line break become one space. */
export const onOneLine = (value: string): string => value.replace(CONTROLS, ' ');
