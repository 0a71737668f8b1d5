import type { ImapUid } from '../message/message';

/**
 * How far the cursor may move after a chunk: to the highest UID before the first one that is neither judged, gone nor
 * in quarantine (P1). Never back behind `before`.
 */
export const cursorAfter = (input: {
  chunk: readonly ImapUid[];
  accounted: ReadonlySet<ImapUid>;
  before: ImapUid;
}): ImapUid => {
  let reached = input.before;
  for (const uid of [...input.chunk].sort((a, b) => a - b)) {
    if (uid <= input.before) continue;
    if (!input.accounted.has(uid)) break;
    reached = uid;
  }
  return reached;
};
