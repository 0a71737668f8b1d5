import { createHash } from 'node:crypto';
import type { AdminName } from './people';

/** Rows by the table that they go into, in the order in which they are written. */
export type Rows = Record<string, Record<string, unknown>[]>;

/** What a row of a world needs to know of the admin users. */
export type UserOf = (name: AdminName) => { id: number; documentId: string };

/** Where the storage keeps a file with this content. */
export const storageKeyOf = (content: string): string => {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return `${sha256.slice(0, 2)}/${sha256.slice(2)}`;
};
