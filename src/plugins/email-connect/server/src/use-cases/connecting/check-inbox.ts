import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { outboxKey } from '../sending';
import { requireInbox } from '../inbox';

/** "Check now": whichever process holds the inbox reads it anew, although its mail server was to be left alone. */
export const checkInbox = async (
  ports: Pick<Ports, 'inboxes' | 'wakeups'>,
  documentId: string
): Promise<Inbox> => {
  const inbox = await requireInbox(ports, documentId);
  await ports.inboxes.ask(documentId, { endsRest: true });
  ports.wakeups.wake(documentId, 'asked');
  ports.wakeups.wake(outboxKey(documentId));
  return inbox;
};
