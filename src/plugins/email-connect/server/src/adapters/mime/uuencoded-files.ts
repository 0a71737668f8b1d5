import { growBytes } from './grow-bytes';
import type { GrowingBytes } from './grow-bytes';

const MOST_FILES = 20;
const LONGEST_LINE = 128;
const BEGIN = /^begin(?:-base64)? [0-7]{3,4} (\S.{0,250})$/;

export interface UuencodedFile {
  /** As written. */
  fileName: string;
  bytes: Buffer;
}

/**
 * The first 20 files that are uuencoded in a text (POSIX uuencode, both of its alphabets). The text keeps them: a
 * block without its end, or with an invalid line, is only text. Linear.
 */
export const uuencodedFiles = (text: string): UuencodedFile[] => {
  const files: UuencodedFile[] = [];
  let open: { fileName: string; decode: (line: string) => Buffer | null; content: GrowingBytes } | null =
    null;
  if (!text.includes('begin')) return files;
  for (const line of text.split('\n')) {
    const name = BEGIN.exec(line)?.[1];
    if (name) {
      open = {
        fileName: name,
        decode: line.startsWith('begin-') ? fromBase64 : fromLine,
        content: growBytes(text.length),
      };
    } else if (open && /^(?:end|====)$/.test(line.trimEnd())) {
      files.push({ fileName: open.fileName, bytes: open.content.bytes() });
      if (files.length === MOST_FILES) return files;
      open = null;
    } else if (open) {
      const piece = open.decode(line);
      if (piece) open.content.add(piece);
      else open = null;
    }
  }
  return files;
};

/**
 * Decodes one line: its length in the first character, then four characters for three bytes; null for any other line.
 */
const fromLine = (line: string): Buffer | null => {
  const count = valueOf(line, 0);
  if (line.length > LONGEST_LINE || !/^[ -`]*$/.test(line)) return null;
  const bytes = Buffer.alloc(Math.ceil(count / 3) * 3);
  for (let at = 0; at < bytes.length; at += 3) {
    const from = 1 + (at / 3) * 4;
    const bits =
      (valueOf(line, from) << 18) |
      (valueOf(line, from + 1) << 12) |
      (valueOf(line, from + 2) << 6) |
      valueOf(line, from + 3);
    bytes.writeUIntBE(bits, at, 3);
  }
  return bytes.subarray(0, count);
};

/** Spaces at the end of a line get lost in transport; a space and a grave accent both mean zero. */
const valueOf = (line: string, at: number): number =>
  at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0;

const fromBase64 = (line: string): Buffer | null =>
  /^[A-Za-z0-9+/=]*$/.test(line.trimEnd()) ? Buffer.from(line, 'base64') : null;
