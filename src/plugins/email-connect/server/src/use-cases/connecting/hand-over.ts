import type { Inbox } from '../../domain/inbox/inbox';
import { cannotOwn } from '../../domain/inbox/named';
import type { Ports } from '../../ports';
import { announceInbox, changedMeanwhile, changeInbox } from '../inbox';

/**
 * Makes another admin user the owner of an inbox: its mail is theirs from then on, and for the one before as for
 * anybody else (w70). Its passwords stay sealed, for the logins that they were entered for (S43). Rejects with
 * OWNER_NOT_ALLOWED, or with INBOX_CHANGED if it was handed over since it was loaded.
 */
export const handOver = async (
  ports: Pick<Ports, 'inboxes' | 'people' | 'audit' | 'news'>,
  { documentId, ownerDocumentId: from }: Inbox,
  to: string,
  actor: string
): Promise<Inbox> => {
  const onRecord = (outcome: 'ok' | 'refused') =>
    ports.audit.record({
      action: 'inbox.handed-over',
      actor,
      subject: documentId,
      outcome,
      facts: { from, to },
    });
  const user = (await ports.people.users()).find((one) => one.documentId === to);
  if (!user?.mayOwn) {
    await onRecord('refused');
    throw cannotOwn();
  }
  const inbox = await changeInbox(ports, documentId, (stored) => {
    if (stored.ownerDocumentId !== from) throw changedMeanwhile(stored);
    return { ownerDocumentId: to };
  });
  await onRecord('ok');
  await announceInbox(ports, inbox, 'inbox.changed');
  return inbox;
};
