import type { Inbox } from '../../../shared/contracts/inbox';

/** An inbox's state as it is shown; `late`: it says it is well, but its next check is overdue. */
export type InboxHealth = Inbox['state'] | 'late';

const graceMs = 15 * 60_000;

/** P10: an inbox that nobody checks any more is never shown as healthy. */
export const inboxHealth = (inbox: Pick<Inbox, 'state' | 'nextPassAt'>, now: Date): InboxHealth => {
  const isOverdue =
    inbox.nextPassAt !== null && now.getTime() - new Date(inbox.nextPassAt).getTime() > graceMs;
  return isOverdue && (inbox.state === 'ok' || inbox.state === 'catching-up') ? 'late' : inbox.state;
};
