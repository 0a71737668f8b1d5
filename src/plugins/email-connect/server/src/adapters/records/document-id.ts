import { randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghijklmnop';
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz012345';
const LENGTH = 24;

/**
 * A documentId as Strapi makes them: 24 lower-case letters and digits, a letter first; Strapi takes what begins with a
 * digit for a row id. Made here, so that rows can point at one another before they are written.
 */
export const newDocumentId = (): string =>
  [...randomBytes(LENGTH)].map((byte, i) => pick(i === 0 ? LETTERS : CHARACTERS, byte)).join('');

/** Both alphabets divide 256, so that no character is likelier than another. */
const pick = (characters: string, byte: number): string => characters.charAt(byte % characters.length);
