import { decodeEncodedWords } from './encoded-words';
import { canonicalMessageId } from './message-id';
import type { MessageId } from './message-id';

/** A hostile References field can be a megabyte; only the oldest and the nearest ids matter. */
const MOST_IDS = 1_000;
const FIRST_KEPT = 20;
const LAST_KEPT = 200;

const BRACKETED = /<([^<>]{1,998})>/g;

/**
 * All ids of Message-ID, In-Reply-To or References values, in the order written, each once.
 * Real mail glues ids together, puts commas, comments and sentences around them, folds them in the middle, encodes
 * them as RFC 2047 words or leaves the brackets out (RFC 5322 3.6.4 and 4.5.4 allow part of that); each is found.
 * More than 1,000 are cut to the first 20 and the last 200. Linear in the length of the values; never throws.
 */
export const extractIds = (values: readonly string[]): MessageId[] => {
  const ids = new Set<MessageId>();
  for (const value of values) {
    for (const raw of rawIdsOf(value)) {
      const id = canonicalMessageId(raw);
      if (id !== null) ids.add(id);
    }
  }
  const all = [...ids];
  return all.length <= MOST_IDS ? all : [...all.slice(0, FIRST_KEPT), ...all.slice(-LAST_KEPT)];
};

const rawIdsOf = (value: string): string[] => {
  const bracketed = bracketedIn(value);
  if (bracketed.length > 0) return bracketed;
  const decoded = decodeEncodedWords(value);
  const inDecoded = decoded === value ? [] : bracketedIn(decoded);
  return inDecoded.length > 0 ? inDecoded : bareIn(decoded);
};

const bracketedIn = (value: string): string[] =>
  [...value.matchAll(BRACKETED)].map((match) => match[1] ?? '').filter(isIdOrFoldedId);

/** White space inside the brackets is from folding only where the result is an id: `<Jane Doe>` is a name. */
const isIdOrFoldedId = (raw: string): boolean => raw.includes('@') || !/\s/.test(raw.trim());

/** Ids without brackets: any text with something on both sides of an `@`. */
const bareIn = (value: string): string[] =>
  value.split(/[\s<>,;()"']+/).filter((token) => {
    const at = token.lastIndexOf('@');
    return at > 0 && at < token.length - 1;
  });
