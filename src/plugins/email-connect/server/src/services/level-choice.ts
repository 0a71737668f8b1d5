import type { LevelChoiceAnswer } from '../../../shared/contracts/access';
import { strictest } from '../domain/access/level';
import type { LevelPlace } from '../domain/access/level';
import type { Ports } from '../ports';
import { ownInboxes } from '../use-cases/access';
import type { MailReader } from './mail-reader';

/** What a user's own inboxes say of mail there; null where they decide nothing about it. */
export const choiceAt = async (
  ports: Pick<Ports, 'inboxes' | 'levels'>,
  place: LevelPlace,
  { documentId: user }: Pick<MailReader, 'documentId'>
): Promise<LevelChoiceAnswer | null> => {
  const own = await ownInboxes(ports, user);
  const ids = own.map(({ documentId }) => documentId);
  const deciding = await ports.levels.decidingAt(place, ids);
  if (deciding.length === 0) return null;
  const inboxes = deciding.map(({ inboxDocumentId }) => inboxDocumentId);
  const around =
    place.messageDocumentId === null
      ? []
      : await ports.levels.decidingAt(wholeThread(place.threadDocumentId), inboxes);
  const here = deciding.flatMap(({ level }) => level ?? []);
  const ofInboxes = own.filter(({ documentId }) => inboxes.includes(documentId)).map(({ level }) => level);
  return {
    chosen: here.length === 0 ? null : strictest(here),
    otherwise: strictest([
      ...ofInboxes,
      ...around.flatMap(({ level }) => level ?? []),
      ...deciding.flatMap(({ ruled }) => ruled),
    ]),
  };
};

export const wholeThread = (threadDocumentId: string): LevelPlace => ({
  threadDocumentId,
  messageDocumentId: null,
});
