import type { Inbox } from '../../domain/inbox/inbox';
import type { Named } from '../../domain/inbox/named';
import type { Ports } from '../../ports';
import { announceInbox, changedMeanwhile, changeInbox } from '../inbox';

/**
 * Sets who uses an inbox besides its owner: they see its mail and send from it, and change nothing of it. Rejects with
 * INBOX_CHANGED if it was handed over since it was loaded.
 */
export const nameOthers = async (
  ports: Pick<Ports, 'inboxes' | 'audit' | 'news'>,
  { documentId, ownerDocumentId }: Inbox,
  named: readonly Named[],
  actor: string
): Promise<Inbox> => {
  const unchanged = (stored: Inbox) => {
    if (stored.ownerDocumentId !== ownerDocumentId) throw changedMeanwhile(stored);
    return {};
  };
  const inbox = await changeInbox(ports, documentId, unchanged, { named });
  const idsOf = (kind: Named['kind']): string =>
    named.flatMap((one) => (one.kind === kind ? one.documentId : [])).join(' ');
  await ports.audit.record({
    action: 'inbox.shared',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: { users: idsOf('user'), roles: idsOf('role') },
  });
  await announceInbox(ports, inbox, 'inbox.changed');
  return inbox;
};
