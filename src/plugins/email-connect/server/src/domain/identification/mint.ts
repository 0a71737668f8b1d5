import { EmailConnectError } from '../errors';
import { canonicalMessageId } from './message-id';
import type { MessageId } from './message-id';

export interface MintInput {
  at: Date;
  /** 10 bytes. */
  random: Uint8Array;
  /** The domain of the From address: a fixed foreign one costs spam points. */
  domain: string;
  /** A short keyed hash in lower-case letters and digits. */
  sign(text: string): string;
}

/** Crockford's base32 in lower case: no letter is mistaken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_BYTES = 10;
const TIME_CHARACTERS = 10;
const LONGEST_DOMAIN = 75;

const MINTED = /^([ct]\.[0-9a-hjkmnp-tv-z]{26})\.([0-9a-z]{1,32})@(.{1,255})$/;

/**
 * A Message-ID that only we can have made: `c.<time and 80 random bits>.<signature>@domain`, below 120 characters.
 * Whoever lacks the key cannot put mail into a timeline with invented ids.
 */
export const mintMessageId = (input: MintInput): MessageId => mint('c', input);

/** The first References entry of every mail of a thread: survives servers that replace Message-ID. */
export const mintThreadToken = (input: MintInput): MessageId => mint('t', input);

/** Whether this id was made here. `verify` is the `sign` function that made it. */
export const isMinted = (id: MessageId, verify: (text: string) => string): boolean => {
  const [, unique, signature, domain] = MINTED.exec(id) ?? [];
  return unique !== undefined && domain !== undefined && verify(`${unique}@${domain}`) === signature;
};

const mint = (kind: 'c' | 't', { at, random, domain, sign }: MintInput): MessageId => {
  if (random.length < RANDOM_BYTES) {
    throw new EmailConnectError('INPUT_INVALID', 'An id needs 10 random bytes.', 'Pass 10 random bytes.');
  }
  const unique = `${kind}.${timePart(at)}${randomPart(random)}`;
  const host = idDomain(domain);
  const id = canonicalMessageId(`${unique}.${sign(`${unique}@${host}`)}@${host}`);
  if (id === null) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'No Message-ID comes of this signature.',
      'Sign with a short keyed hash.'
    );
  }
  return id;
};

/** 48 bits of milliseconds, highest first, so that ids sort by time. */
const timePart = (at: Date): string => {
  let rest = Math.max(0, at.getTime());
  let text = '';
  for (let i = 0; i < TIME_CHARACTERS; i += 1) {
    text = (ALPHABET[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

const randomPart = (random: Uint8Array): string => {
  const bits = [...random.subarray(0, RANDOM_BYTES)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)] ?? '0').join('');
};

/** Letters, digits, dots and hyphens only; a long name loses its beginning, cut at a dot. */
const idDomain = (domain: string): string => {
  const clean = domain.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  if (!/[a-z0-9]/.test(clean)) return 'localhost';
  if (clean.length <= LONGEST_DOMAIN) return clean;
  const end = clean.slice(-LONGEST_DOMAIN);
  return end.slice(end.indexOf('.') + 1);
};
