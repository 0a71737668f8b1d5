import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz012345';
const LENGTH = 24;

/** A documentId as Strapi makes them: 24 lower-case letters and digits. Made here, so that rows can point at one another before they are written. */
export const newDocumentId = (): string =>
  [...randomBytes(LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
