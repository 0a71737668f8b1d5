import type { Level, LevelPlace } from '../../domain/access/level';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';
import { notTheOwner, ownInboxes } from './own-inboxes';
import { requireReady } from './require-ready';

/**
 * A stricter level for a conversation, later mail included, or for one message of it; null: none of its own. It holds
 * for the mail about which the user's inboxes decide, so that nobody hides a colleague's. Rejects with NOT_ALLOWED where
 * there is none, LEVEL_HIDES_IT where nobody could take it back any more, or STILL_UPDATING.
 */
export const chooseLevel = async (
  ports: Pick<Ports, 'inboxes' | 'access' | 'audit' | 'levels'>,
  place: LevelPlace,
  level: Level | null,
  actor: string
): Promise<void> => {
  const own = (await ownInboxes(ports, actor)).map(({ documentId }) => documentId);
  const deciding = await ports.levels.decidingAt(place, own);
  const { threadDocumentId, messageDocumentId } = place;
  const record = (outcome: 'ok' | 'refused') =>
    ports.audit.record({
      action: messageDocumentId === null ? 'thread.level-chosen' : 'message.level-chosen',
      actor,
      subject: messageDocumentId ?? threadDocumentId,
      outcome,
      facts: { to: level ?? 'none' },
    });
  if (deciding.length === 0) {
    await record('refused');
    throw notTheOwner();
  }
  await requireReady(ports);
  // An inbox decides by its address alone, before a copy is found there: then its owner sees it as any other.
  const seenBy = await ports.access.inboxesOf(actor);
  if (level === 'private' && !(await ports.levels.holdsAny(place, seenBy))) throw hidesIt();
  await ports.levels.choose(
    place,
    deciding.map(({ inboxDocumentId }) => inboxDocumentId),
    level
  );
  await record('ok');
};

const hidesIt = (): EmailConnectError =>
  new EmailConnectError(
    'LEVEL_HIDES_IT',
    'You would not see this mail any more either: no copy of it was found in your inbox yet.',
    'Choose "Facts", or wait until your inbox has read its copy.'
  );
