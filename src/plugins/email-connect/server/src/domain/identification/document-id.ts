const LETTERS = 'abcdefghijklmnop';
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz012345';
const LENGTH = 24;

/**
 * A documentId as Strapi makes them, of the first 24 bytes: lower-case letters and digits, a letter first; Strapi
 * takes an id that begins with a digit for a row id. It holds 119 bits of evenly spread bytes: the sizes of both
 * alphabets divide 256.
 */
export const documentIdFrom = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, LENGTH), (byte, i) => pick(i === 0 ? LETTERS : CHARACTERS, byte)).join('');

const pick = (characters: string, byte: number): string => characters.charAt(byte % characters.length);
