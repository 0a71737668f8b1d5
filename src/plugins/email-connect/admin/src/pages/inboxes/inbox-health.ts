import type { InboxAnswer, SeenInbox } from '../../../../shared/contracts/inbox';

/**
 * An inbox's state as shown. Two more states of an inbox that reports itself well: `late`: its next check is overdue;
 * `files-waiting`: files of its mail could not be stored.
 */
export type InboxHealth = InboxAnswer['state'] | 'late' | 'files-waiting';

/** Clocks of browsers and servers differ, and a broken connection is opened again within this time. */
const leastGraceMs = 2 * 60_000;
/** The first pass over a whole mailbox takes its time. */
const catchingUpGraceMs = 15 * 60_000;

/** Two missed checks; a check is planned one interval after the last one. */
const graceOf = ({ state, lastPassAt, nextPassAt }: CheckedInbox): number => {
  if (state === 'catching-up' || lastPassAt === null || nextPassAt === null) return catchingUpGraceMs;
  const intervalMs = new Date(nextPassAt).getTime() - new Date(lastPassAt).getTime();
  return Math.max(leastGraceMs, 2 * intervalMs);
};

export type CheckedInbox = Pick<InboxAnswer, 'state' | 'lastPassAt' | 'nextPassAt' | 'waitingFiles'>;

/** P10: an inbox that nobody checks any more is never shown as healthy. */
export const inboxHealth = (inbox: CheckedInbox, now: Date): InboxHealth => {
  if (inbox.state !== 'ok' && inbox.state !== 'catching-up') return inbox.state;
  if (inbox.nextPassAt !== null) {
    const overdueMs = now.getTime() - new Date(inbox.nextPassAt).getTime();
    if (overdueMs > graceOf(inbox)) return 'late';
  }
  return inbox.waitingFiles === null ? inbox.state : 'files-waiting';
};

/** The word for it: "needs you" is said to nobody but who can do something. */
export const stateText = ({ seenAs }: Pick<SeenInbox, 'seenAs'>, health: InboxHealth) =>
  seenAs === 'colleague' && health === 'needs-you'
    ? 'inbox.state.needs-owner'
    : (`inbox.state.${health}` as const);
