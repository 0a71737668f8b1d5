import { wholeSecond } from '../message/whole-second';

/**
 * Whether a message arrived at `since` or later; null: whenever. ISO times, in the form of `toISOString`. INTERNALDATE has
 * no fractions of a second (RFC 3501 9): with those of `since`, mail that came in the same second would seem older.
 */
export const arrivedSince = (since: string | null): ((message: { receivedAt: string }) => boolean) => {
  if (since === null) return () => true;
  const from = wholeSecond(new Date(since)).toISOString();
  return ({ receivedAt }) => receivedAt >= from;
};
