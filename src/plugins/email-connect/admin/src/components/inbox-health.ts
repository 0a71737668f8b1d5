import type { Inbox } from '../../../shared/contracts/inbox';

/** An inbox's state as it is shown; `late`: it says it is well, but its next check is overdue. */
export type InboxHealth = Inbox['state'] | 'late';

/** Clocks of browsers and servers differ, and a connection that broke is opened again within this. */
const leastGraceMs = 2 * 60_000;
/** A first look at all that a mailbox holds takes its time. */
const catchingUpGraceMs = 15 * 60_000;

/** Two checks that did not come; between a check and the next plan for one lies the interval of checks. */
const graceOf = ({ state, lastPassAt, nextPassAt }: CheckedInbox): number => {
  if (state === 'catching-up' || lastPassAt === null || nextPassAt === null) return catchingUpGraceMs;
  const intervalMs = new Date(nextPassAt).getTime() - new Date(lastPassAt).getTime();
  return Math.max(leastGraceMs, 2 * intervalMs);
};

export type CheckedInbox = Pick<Inbox, 'state' | 'lastPassAt' | 'nextPassAt'>;

/** P10: an inbox that nobody checks any more is never shown as healthy. */
export const inboxHealth = (inbox: CheckedInbox, now: Date): InboxHealth => {
  if (inbox.nextPassAt === null || (inbox.state !== 'ok' && inbox.state !== 'catching-up'))
    return inbox.state;
  const overdueMs = now.getTime() - new Date(inbox.nextPassAt).getTime();
  return overdueMs > graceOf(inbox) ? 'late' : inbox.state;
};
