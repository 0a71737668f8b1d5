import { createHash } from 'node:crypto';

/** 128 bits are enough to tell ids apart, and short enough for an index on every database. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

export const longHash = (text: string): string => createHash('sha256').update(text).digest('hex');
