import type { ImapUid } from '../message/message';
import { packUids, unpackUids } from './uid-set';

/** More than the net below the cursor looks at, and few enough to be kept as text. */
const REMEMBERED = 1_000;

/** The UIDs of the range that nobody accounted for yet: they came late, below the cursor (P1). */
export const lateUids = (listed: readonly ImapUid[], recentUids: string): ImapUid[] => {
  const remembered = new Set<number>(unpackUids(recentUids));
  return listed.filter((uid) => !remembered.has(uid));
};

/**
 * `recentUids` with more UIDs accounted for: the highest thousand of them. `gone` are forgotten: one that was not there
 * yet, or not for a moment, is late when it is there.
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
