import { EmailConnectError } from '../errors';
import type { ImapUid } from '../message/message';

/** Ascending chunks of at most `size` UIDs, each UID once; one at a time, for there may be a million UIDs. */
export const chunkUids = (uids: readonly ImapUid[], size: number): Iterable<ImapUid[]> => {
  if (!Number.isInteger(size) || size < 1) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'A chunk holds at least one UID.',
      'Pass a whole number above 0.'
    );
  }
  return slicesOf(ascending(uids), size);
};

function* slicesOf(uids: readonly ImapUid[], size: number): Generator<ImapUid[]> {
  for (let start = 0; start < uids.length; start += size) yield uids.slice(start, start + size);
}

/**
 * UIDs as an IMAP sequence-set (RFC 3501 9), `1:4,7`: ascending, because QQ refuses descending ranges. '' for none.
 */
export const packUids = (uids: readonly number[]): string => {
  const ranges: string[] = [];
  let first: number | undefined;
  let last: number | undefined;
  const close = (): void => {
    if (first !== undefined) ranges.push(first === last ? `${first}` : `${first}:${last}`);
  };
  for (const uid of ascending(uids)) {
    if (last === undefined || uid !== last + 1) {
      close();
      first = uid;
    }
    last = uid;
  }
  close();
  return ranges.join(',');
};

/** The UIDs of a sequence-set that `packUids` made; [] for ''. */
export const unpackUids = (set: string): ImapUid[] =>
  set === ''
    ? []
    : set.split(',').flatMap((range) => {
        const [first = 0, last = first] = range.split(':').map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => (first + i) as ImapUid);
      });

/** The same array where it ascends already: no copy of a million UIDs. */
const ascending = <Uid extends number>(uids: readonly Uid[]): readonly Uid[] =>
  uids.every((uid, i) => i === 0 || uid > (uids[i - 1] ?? uid))
    ? uids
    : [...new Set(uids)].sort((a, b) => a - b);
