/** A word that stands in one field of one message, or is one address or name of its world, and nowhere else. */
export type Canary = string;

const EACH = /zq\d+[a-z]+\d+[a-z]*z(?![a-z0-9])/g;

/** `of`: what it stands in and its number, as `m3`. */
export const canaryOf = (world: number, of: string, field = ''): Canary => `zq${world}${of}${field}z`;

/** All that stand in a text, each once; also those in the encodings of URLs and of file names in headers. */
export const canariesIn = (text: string): Set<Canary> => new Set(text.toLowerCase().match(EACH));

/** Which world a word is of. */
export const worldOf = (canary: Canary): number => Number(/^zq(\d+)/.exec(canary)?.[1]);
