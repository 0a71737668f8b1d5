import type { ImapUid } from '../message/message';
import { packUids, unpackUids } from './uid-set';

/** More UIDs than a pass looks back below the cursor, and few enough to be kept as text. */
const REMEMBERED = 1_000;

/** The UIDs of the range that are not accounted for yet: they came late, below the cursor (P1). */
export const lateUids = (listed: readonly ImapUid[], recentUids: string): ImapUid[] => {
  const remembered = new Set<number>(unpackUids(recentUids));
  return listed.filter((uid) => !remembered.has(uid));
};

/**
 * `recentUids` with more UIDs accounted for: the highest thousand. The UIDs in `gone` are forgotten: a message that
 * was not there yet, or was away for a moment, counts as late once it is there.
 */
export const rememberUids = (
  recentUids: string,
  accounted: readonly ImapUid[],
  gone: readonly ImapUid[] = []
): string => {
  const all = new Set<number>([...unpackUids(recentUids), ...accounted]);
  for (const uid of gone) all.delete(uid);
  return packUids([...all].sort((a, b) => a - b).slice(-REMEMBERED));
};
