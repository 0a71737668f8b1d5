import type { PartialSight } from '../../domain/access/sight';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';
import { tellUser } from './tell-user';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Whoever was refused may ask again after this. */
const AGAIN_AFTER_MS = 7 * DAY_MS;

/**
 * Asks the owners of the inboxes by whose levels something of the conversation is not told to this user. Asking twice is
 * asking once. Rejects with NOTHING_TO_ASK where they are told all that they see.
 */
export const askForMore = async (
  ports: Pick<Ports, 'levels' | 'inboxes' | 'audit' | 'clock' | 'news'>,
  threadDocumentId: string,
  sight: PartialSight,
  actor: string
): Promise<void> => {
  const inboxDocumentIds = await ports.levels.restricting(threadDocumentId, sight);
  if (inboxDocumentIds.length === 0) {
    throw new EmailConnectError(
      'NOTHING_TO_ASK',
      'You are told everything of this conversation already.',
      'Reload the page.'
    );
  }
  const now = ports.clock.now();
  const opened = await ports.levels.ask(
    { threadDocumentId, inboxDocumentIds, userDocumentId: actor },
    now,
    new Date(now.getTime() - AGAIN_AFTER_MS)
  );
  if (opened.length === 0) return;
  await ports.audit.record({
    action: 'access.asked',
    actor,
    subject: threadDocumentId,
    outcome: 'ok',
    facts: { inboxes: opened.join(' ') },
  });
  for (const inboxDocumentId of opened) {
    const inbox = await ports.inboxes.load(inboxDocumentId);
    if (inbox?.ownerDocumentId)
      await tellUser(ports, 'access.asked', { inboxDocumentId, threadDocumentId }, inbox.ownerDocumentId);
  }
};
