import { EmailConnectError } from '../errors';
import type { ImapUid } from '../message/message';

/** Ascending chunks of at most `size` UIDs, each UID once. */
export const chunkUids = (uids: readonly ImapUid[], size: number): ImapUid[][] => {
  if (!Number.isInteger(size) || size < 1) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'A chunk holds at least one UID.',
      'Pass a whole number above 0.'
    );
  }
  const sorted = ascending(uids);
  const chunks: ImapUid[][] = [];
  for (let i = 0; i < sorted.length; i += size) chunks.push(sorted.slice(i, i + size));
  return chunks;
};

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

const ascending = <Uid extends number>(uids: readonly Uid[]): Uid[] =>
  [...new Set(uids)].sort((a, b) => a - b);
