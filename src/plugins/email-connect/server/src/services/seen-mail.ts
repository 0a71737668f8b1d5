import type { Thread } from '../../../shared/contracts/thread';
import type { Level } from '../domain/access/level';
import { recordsOf, sees, sightOf, toldOf } from '../domain/access/sight';
import type { PartialSight, Sight } from '../domain/access/sight';
import { EmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';
import { mayChange } from './actor';
import { callerOf, everyCarrier } from './mail-reader';
import type { MailReader } from './mail-reader';

/** Conversations and messages as an admin user sees them. Rejects with NOT_FOUND for what they do not see. */
export const seenMail = (ports: () => Pick<Ports, 'access' | 'inboxes' | 'threads'>) => {
  /** Which messages of a thread they see. Rejects with NOT_FOUND where there is no such thread. */
  const sightInThread = async (reader: MailReader, threadDocumentId: string): Promise<PartialSight> => {
    const people = await ports().access.people(threadDocumentId);
    if (!people) throw hidden();
    return sightOf(people, await callerOf(ports(), reader, recordsOf(people, everyCarrier)));
  };

  /** An emptied thread stands nowhere any more; a user who may change its inbox may have it logged again. */
  const mayReopen = async (thread: Thread, reader: MailReader): Promise<boolean> => {
    const inbox = await ports().inboxes.load(thread.inboxDocumentId);
    return inbox !== null && mayChange(inbox, reader);
  };

  const seenPartly = async (
    reader: MailReader,
    threadDocumentId: string
  ): Promise<{ thread: Thread; sight: PartialSight }> => {
    const sight = await sightInThread(reader, threadDocumentId);
    const thread = await ports().threads.summary(threadDocumentId, sight);
    if (!thread) throw hidden();
    return { thread, sight };
  };

  const seenThread = async (
    reader: MailReader,
    threadDocumentId: string
  ): Promise<{ thread: Thread; sight: Sight }> => {
    const whole = await ports().threads.summary(threadDocumentId);
    if (!whole) throw hidden();
    if (whole.messageCount === 0) {
      if (!(await mayReopen(whole, reader))) throw hidden();
      return { thread: whole, sight: 'everything' };
    }
    return seenPartly(reader, threadDocumentId);
  };

  const seenMessage = async (
    reader: MailReader,
    messageDocumentId: string
  ): Promise<{ sight: PartialSight; level: Level; threadDocumentId: string }> => {
    const message = await ports().access.message(messageDocumentId, reader.documentId);
    if (!message) throw hidden();
    const sight = await sightInThread(reader, message.threadDocumentId);
    if (!sees(sight, message)) throw hidden();
    const { threadDocumentId } = message;
    return { sight, level: toldOf(sight, message.holdings), threadDocumentId };
  };

  return { seenThread, seenPartly, seenMessage };
};

/** The same whether it is there or not. */
export const hidden = (): EmailConnectError =>
  new EmailConnectError(
    'NOT_FOUND',
    'There is nothing here that you may see.',
    'Ask for permission to read the contact, or go back.'
  );
