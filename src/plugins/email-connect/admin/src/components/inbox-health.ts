import type { Inbox } from '../../../shared/contracts/inbox';

/**
 * An inbox's state as it is shown; it says it is well, but `late`: its next check is overdue, `files-waiting`: files of its
 * mail could not be stored.
 */
export type InboxHealth = Inbox['state'] | 'late' | 'files-waiting';

const graceMs = 15 * 60_000;

/** P10: an inbox that nobody checks any more is never shown as healthy. */
export const inboxHealth = (
  inbox: Pick<Inbox, 'state' | 'nextPassAt' | 'waitingFiles'>,
  now: Date
): InboxHealth => {
  const isOverdue =
    inbox.nextPassAt !== null && now.getTime() - new Date(inbox.nextPassAt).getTime() > graceMs;
  if (inbox.state !== 'ok' && inbox.state !== 'catching-up') return inbox.state;
  if (isOverdue) return 'late';
  return inbox.waitingFiles === null ? inbox.state : 'files-waiting';
};
