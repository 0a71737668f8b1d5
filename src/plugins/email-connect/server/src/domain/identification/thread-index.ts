import { EmailConnectError } from '../errors';
import { decodeBase64, decodeEncodedWords } from './encoded-words';

const ROOT_BYTES = 22;
/** 22 bytes need 30 base64 characters, of which the last two bits are unused. */
const ROOT_CHARACTERS = 30;
/** 100 ns steps from 1601-01-01 (FILETIME) to 1970-01-01. */
const UNIX_EPOCH_FILETIME = 116_444_736_000_000_000n;

export interface ThreadIndex {
  base64: string;
  /** The same 22 bytes as lower-case hex. */
  rootHex: string;
}

/**
 * The conversation that a Thread-Index value belongs to: its first 22 bytes as lower-case hex (MS-OXOMSG 2.2.1.3).
 * Every reply appends 5 bytes to it. null when the value is too short or no base64.
 */
export const threadIndexRootOf = (value: string): string | null => {
  const text = decodeEncodedWords(value.slice(0, 20_000)).replace(/\s+/g, '').slice(0, ROOT_CHARACTERS);
  const bytes = decodeBase64(text);
  if (bytes === null || bytes.length < ROOT_BYTES) return null;
  return hexOf([...bytes.slice(0, ROOT_BYTES)].map((character) => character.charCodeAt(0)));
};

/**
 * The 22-byte header of a new conversation (MS-OXOMSG 2.2.1.3): 0x01, the five highest bytes of the time as FILETIME,
 * then a GUID, here 16 random bytes.
 */
export const newThreadIndex = (now: Date, random16: Uint8Array): ThreadIndex => {
  if (random16.length < 16) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'A Thread-Index needs 16 random bytes.',
      'Pass 16 random bytes.'
    );
  }
  const fileTime = BigInt(now.getTime()) * 10_000n + UNIX_EPOCH_FILETIME;
  const time = [56n, 48n, 40n, 32n, 24n].map((shift) => Number((fileTime >> shift) & 0xffn));
  return threadIndexFrom(hexOf([1, ...time, ...random16.subarray(0, 16)]));
};

/** A known root as the value of the Thread-Index field: every mail of a thread carries the same one. */
export const threadIndexFrom = (rootHex: string): ThreadIndex => {
  const bytes = rootHex.match(/[0-9a-f]{2}/g) ?? [];
  if (rootHex.length !== ROOT_BYTES * 2 || bytes.length !== ROOT_BYTES) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'A Thread-Index root is 22 bytes in lower-case hex.',
      'Pass a stored root.'
    );
  }
  const base64 = btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
  return { base64, rootHex };
};

const hexOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
