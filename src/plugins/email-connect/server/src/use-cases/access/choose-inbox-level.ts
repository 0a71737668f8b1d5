import type { Level } from '../../domain/access/level';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { changeInbox, requireInbox } from '../inbox';
import { notTheOwner } from './own-inboxes';
import { requireReady } from './require-ready';

/**
 * How much others are told of the inbox's mail, from the next request on, earlier mail included (S42). Rejects with
 * NOT_FOUND, NOT_ALLOWED for whoever does not own it, or STILL_UPDATING.
 */
export const chooseInboxLevel = async (
  ports: Pick<Ports, 'inboxes' | 'audit' | 'levels'>,
  documentId: string,
  level: Level,
  actor: string
): Promise<Inbox> => {
  const before = await requireInbox(ports, documentId);
  const record = (outcome: 'ok' | 'refused') =>
    ports.audit.record({
      action: 'inbox.level-chosen',
      actor,
      subject: documentId,
      outcome,
      facts: { from: before.level, to: level },
    });
  if (actor === '' || before.ownerDocumentId !== actor) {
    await record('refused');
    throw notTheOwner();
  }
  await requireReady(ports);
  const changed = await changeInbox(ports, documentId, () => ({ level }));
  await record('ok');
  return changed;
};
