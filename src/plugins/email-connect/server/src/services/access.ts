import type { Core } from '@strapi/strapi';
import type { Thread } from '../../../shared/contracts/thread';
import { recordsOf, sees, sightOf } from '../domain/access/sight';
import type { Caller, PartialSight, Sight } from '../domain/access/sight';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import { EmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';
import { wiringOf } from '../wiring';
import { mayChange } from './actor';
import type { Actor } from './actor';

/** An admin user, and what Strapi lets them do. */
export interface MailReader extends Actor {
  userAbility: unknown;
}

/** Who may see which mail (S32, S40, S42): every list, message and file is asked for through here. */
export const access = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

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

  const seenThread = async (
    reader: MailReader,
    threadDocumentId: string
  ): Promise<{ thread: Thread; sight: Sight; isWhole: boolean }> => {
    const whole = await ports().threads.summary(threadDocumentId);
    if (!whole) throw hidden();
    if (whole.messageCount === 0) {
      if (!(await mayReopen(whole, reader))) throw hidden();
      return { thread: whole, sight: 'everything', isWhole: true };
    }
    const sight = await sightInThread(reader, threadDocumentId);
    const thread = await ports().threads.summary(threadDocumentId, sight);
    if (!thread) throw hidden();
    return { thread, sight, isWhole: thread.messageCount === whole.messageCount };
  };

  /** How they see the message. Rejects with NOT_FOUND where they do not. */
  const sightOfMessage = async (reader: MailReader, messageDocumentId: string): Promise<PartialSight> => {
    const message = await ports().access.message(messageDocumentId);
    if (!message) throw hidden();
    const sight = await sightInThread(reader, message.threadDocumentId);
    if (!sees(sight, message)) throw hidden();
    return sight;
  };

  return {
    /** NOT_FOUND unless this admin user may read the record: the answer does not tell whether it exists. */
    async assertMayReadContact(userAbility: unknown, contact: LinkedContact): Promise<void> {
      if ((await ports().access.readable(userAbility, [contact])).length === 0) throw hidden();
    },
    /** Whether they read all records of all types of contacts: then every address counts for them (S41). */
    readsAllRecords: (userAbility: unknown): Promise<boolean> => ports().access.readsAllRecords(userAbility),
    sightOfMessage,
    /** The thread as they see it; also an emptied one, if they may have it logged again. Rejects with NOT_FOUND. */
    async readThread(reader: MailReader, threadDocumentId: string): Promise<Thread> {
      return (await seenThread(reader, threadDocumentId)).thread;
    },
    /** Which messages of it they see. Rejects with NOT_FOUND where it is none. */
    async sightOfThread(reader: MailReader, threadDocumentId: string): Promise<Sight> {
      return (await seenThread(reader, threadDocumentId)).sight;
    },
    /** What is decided about a thread is decided about every message of it. Rejects with NOT_FOUND or NOT_ALLOWED. */
    async assertMayDecideThread(reader: MailReader, threadDocumentId: string): Promise<void> {
      if ((await seenThread(reader, threadDocumentId)).isWhole) return;
      throw new EmailConnectError(
        'NOT_ALLOWED',
        'You see only a part of this conversation.',
        'Ask somebody who sees all of it, for example the owner of its inbox.'
      );
    },
    /** NOT_FOUND unless they see the message. */
    async assertMayReadMessage(reader: MailReader, messageDocumentId: string): Promise<void> {
      await sightOfMessage(reader, messageDocumentId);
    },
    /** Records in the audit who was refused which action, and where (S37). `check`: one of the checks above. */
    async orOnRecord(
      attempt: { action: string; actor: string; subject: string },
      check: Promise<void>
    ): Promise<void> {
      try {
        await check;
      } catch (error) {
        await ports().audit.record({ ...attempt, outcome: 'refused', facts: {} });
        throw error;
      }
    },
  };
};

/** The reader, with those of these records that they may read. */
export const callerOf = async (
  { access: records }: Pick<Ports, 'access'>,
  { userAbility, documentId, managesAll }: MailReader,
  asked: readonly LinkedContact[]
): Promise<Caller> => ({
  managesAll,
  readsAll: await records.readsAllRecords(userAbility),
  inboxDocumentIds: await records.inboxesOf(documentId),
  readable: await records.readable(userAbility, asked),
});

/** All on which an address may count: which of them the reader may read is asked for all at once. */
export const everyCarrier = { readsAll: true };

const hidden = (): EmailConnectError =>
  new EmailConnectError(
    'NOT_FOUND',
    'There is nothing here that you may see.',
    'Ask for permission to read the contact, or go back.'
  );
