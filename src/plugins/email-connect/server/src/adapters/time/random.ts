import { randomBytes } from 'node:crypto';
import type { Random } from '../../ports';

/** Cryptographically strong: Message-IDs and thread tokens must not be guessable. */
export const createRandom = (): Random => ({ bytes: (length) => new Uint8Array(randomBytes(length)) });
