import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { requireInbox } from '../inbox';
import { outboxKey } from '../sending';
import { countOwnLogin } from './count-logins';

/**
 * "Check now": whichever process holds the inbox reads it anew, although its mail server was to be left alone. Rejects with
 * NOT_FOUND, or with RATE_LIMITED where a person has to mend something first and it was pressed too often: each press is a
 * login, and providers lock out who is refused again and again (a.13).
 */
export const checkInbox = async (
  ports: Pick<Ports, 'inboxes' | 'wakeups' | 'rateLimits' | 'audit'>,
  documentId: string,
  actor: string
): Promise<Inbox> => {
  const inbox = await requireInbox(ports, documentId);
  if (inbox.state === 'needs-you') await countOwnLogin(ports, inbox, actor);
  await ports.inboxes.ask(documentId, { endsRest: true });
  ports.wakeups.wake(documentId, 'asked');
  ports.wakeups.wake(outboxKey(documentId));
  return inbox;
};
