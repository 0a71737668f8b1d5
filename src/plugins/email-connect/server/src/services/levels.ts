import type { Core } from '@strapi/strapi';
import type {
  AccessRequestList,
  AnswerToAccessRequest,
  MessageAccess,
  ThreadAccess,
} from '../../../shared/contracts/access';
import type { InboxWithFolders } from '../../../shared/contracts/inbox';
import type { Thread } from '../../../shared/contracts/thread';
import type { Level, LevelPlace } from '../domain/access/level';
import { nameUsers } from '../domain/inbox/named';
import type { PartialSight } from '../domain/access/sight';
import {
  answerAccessRequest,
  askForMore,
  chooseInboxLevel,
  chooseLevel,
  openAccessRequests,
} from '../use-cases/access';
import { wiringOf } from '../wiring';
import { access } from './access';
import { choiceAt, wholeThread } from './level-choice';
import type { MailReader } from './mail-reader';
import type { Actor } from './actor';
import { inboxWithFolders } from './inbox-answer';

/** How much others are told of mail, and asking for more (S42). */
export const levels = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

  const subjectOf = async (reader: MailReader, threadDocumentId: string): Promise<string | null> =>
    (await access({ strapi }).readThreadIfSeen(reader, threadDocumentId))?.subject ?? null;

  const placeOf = async (messageDocumentId: string, reader: MailReader): Promise<LevelPlace> => ({
    threadDocumentId: await access({ strapi }).threadOfMessage(reader, messageDocumentId),
    messageDocumentId,
  });

  const readThreadAccess = async (reader: MailReader, threadDocumentId: string): Promise<ThreadAccess> => {
    const { sight, thread } = await access({ strapi }).partOfThread(reader, threadDocumentId);
    const asked = await ports().levels.askedBy(threadDocumentId, reader.documentId);
    const states = new Set(asked.map(({ state }) => state));
    return {
      because: await becauseOf(ports().levels.holdsAny, thread, sight),
      tellsAll: (await ports().levels.restricting(threadDocumentId, sight)).length === 0,
      decides: await choiceAt(ports(), wholeThread(threadDocumentId), reader),
      asked: (['open', 'refused', 'granted'] as const).find((state) => states.has(state)) ?? null,
    };
  };

  return {
    /** Rejects as `chooseInboxLevel`. */
    async chooseForInbox(documentId: string, level: Level, actor: Actor): Promise<InboxWithFolders> {
      const inbox = await chooseInboxLevel(ports(), documentId, level, actor.documentId);
      return inboxWithFolders(ports(), inbox, actor);
    },
    /** Rejects as `chooseLevel`. */
    async chooseForThread(
      threadDocumentId: string,
      level: Level | null,
      reader: MailReader
    ): Promise<ThreadAccess> {
      await access({ strapi }).partOfThread(reader, threadDocumentId);
      await chooseLevel(ports(), wholeThread(threadDocumentId), level, reader.documentId);
      return readThreadAccess(reader, threadDocumentId);
    },
    /** Rejects as `chooseLevel`. */
    async chooseForMessage(
      messageDocumentId: string,
      level: Level | null,
      reader: MailReader
    ): Promise<MessageAccess> {
      const place = await placeOf(messageDocumentId, reader);
      await chooseLevel(ports(), place, level, reader.documentId);
      return { decides: await choiceAt(ports(), place, reader) };
    },
    /** Rejects with NOT_FOUND where they do not see it. */
    async readMessageAccess(reader: MailReader, messageDocumentId: string): Promise<MessageAccess> {
      return { decides: await choiceAt(ports(), await placeOf(messageDocumentId, reader), reader) };
    },
    /** Rejects with NOT_FOUND where they see nothing of the thread. */
    readThreadAccess,
    /** Within this work of a program Strapi's own queries bring mail whatever its level: its use is on record already. */
    unnarrowed: <Result>(work: () => Promise<Result>): Promise<Result> =>
      ports().programQueries.unnarrowed(work),
    /** Rejects with NOT_FOUND, or NOTHING_TO_ASK. */
    async ask(threadDocumentId: string, reader: MailReader): Promise<ThreadAccess> {
      const { sight } = await access({ strapi }).partOfThread(reader, threadDocumentId);
      await askForMore(ports(), threadDocumentId, sight, reader.documentId);
      return readThreadAccess(reader, threadDocumentId);
    },
    /** What waits for this user's answer. */
    async listRequests(reader: MailReader): Promise<AccessRequestList> {
      const open = await openAccessRequests(ports(), reader);
      const nameOf = nameUsers(open.length === 0 ? [] : await ports().people.users());
      const inboxes = await ports().inboxes.list();
      const addressOf = new Map(inboxes.map(({ documentId, address }) => [documentId, address]));
      return {
        requests: await Promise.all(
          // Of who is gone nothing has to be answered.
          open
            .filter(({ userDocumentId }) => nameOf.has(userDocumentId))
            .map(async ({ id, threadDocumentId, inboxDocumentId, userDocumentId, askedAt }) => ({
              id,
              threadDocumentId,
              subject: await subjectOf(reader, threadDocumentId),
              inboxAddress: addressOf.get(inboxDocumentId) ?? '',
              userName: nameOf.get(userDocumentId) ?? '',
              askedAt,
            }))
        ),
      };
    },
    /** Rejects with NOT_FOUND for a request that is not theirs to answer, or not open any more. */
    answer: (id: number, { answer }: AnswerToAccessRequest, actor: Actor): Promise<void> =>
      answerAccessRequest(ports(), id, answer, actor),
  };
};

const becauseOf = async (
  holdsAny: (place: LevelPlace, inboxDocumentIds: readonly string[]) => Promise<boolean>,
  thread: Pick<Thread, 'documentId' | 'contacts'>,
  { inboxDocumentIds }: PartialSight
): Promise<ThreadAccess['because']> => {
  if (await holdsAny(wholeThread(thread.documentId), inboxDocumentIds)) return 'inbox';
  return thread.contacts.length > 0 ? 'record' : 'manager';
};
