import type { Core } from '@strapi/strapi';
import type { Thread } from '../../../shared/contracts/thread';
import { levelForOthers } from '../domain/access/sight';
import type { PartialSight, RecordReader, Sight } from '../domain/access/sight';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import { EmailConnectError, toEmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';
import type { MailReader } from './mail-reader';
import { onRecord } from './on-record';
import { hidden, seenMail } from './seen-mail';

/** Who may see which mail (S32, S40, S42): every list, message and file is asked for through here. */
export const access = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

  const { seenThread, seenPartly, seenMessage } = seenMail(ports);

  return {
    /** NOT_FOUND unless this admin user may read the record: the answer does not tell whether it exists. */
    async assertMayReadContact(userAbility: unknown, contact: LinkedContact): Promise<void> {
      if ((await ports().access.readable(userAbility, [contact])).length === 0) throw hidden();
    },
    /** Whether they read all records of all types of contacts: then every address counts for them (S41). */
    readsAllRecords: (userAbility: unknown): Promise<boolean> => ports().access.readsAllRecords(userAbility),
    /** How they see the message. Rejects with NOT_FOUND where they do not. */
    sightOfMessage: async (reader: MailReader, messageDocumentId: string): Promise<PartialSight> =>
      (await seenMessage(reader, messageDocumentId)).sight,
    /** The thread of a message that they see. Rejects with NOT_FOUND where they do not. */
    threadOfMessage: async (reader: MailReader, messageDocumentId: string): Promise<string> =>
      (await seenMessage(reader, messageDocumentId)).threadDocumentId,
    /** For whom the mail of a record is listed that they may read. */
    async recordReader({ userAbility, documentId }: MailReader): Promise<RecordReader> {
      const [readsAll, inboxDocumentIds] = await Promise.all([
        ports().access.readsAllRecords(userAbility),
        ports().access.inboxesOf(documentId),
      ]);
      return { readsAll, inboxDocumentIds, userDocumentId: documentId, atLeast: 'facts', overrides: false };
    },
    /** The thread as they see it; also an emptied one, if they may have it logged again. Rejects with NOT_FOUND. */
    async readThread(reader: MailReader, threadDocumentId: string): Promise<Thread> {
      return (await seenThread(reader, threadDocumentId)).thread;
    },
    /** The same; null where they do not see it, which is no failure. */
    async readThreadIfSeen(reader: MailReader, threadDocumentId: string): Promise<Thread | null> {
      try {
        return (await seenThread(reader, threadDocumentId)).thread;
      } catch (error) {
        if (toEmailConnectError(error).code === 'NOT_FOUND') return null;
        throw error;
      }
    },
    /** Which messages of it they see. Rejects with NOT_FOUND where it is none. */
    async sightOfThread(reader: MailReader, threadDocumentId: string): Promise<Sight> {
      return (await seenThread(reader, threadDocumentId)).sight;
    },
    /** What they see of a thread that has messages, and which of these. Rejects with NOT_FOUND where it is none. */
    partOfThread: seenPartly,
    /** What is decided about a thread is decided about every message of it. Rejects with NOT_FOUND or NOT_ALLOWED. */
    async assertMayDecideThread(reader: MailReader, threadDocumentId: string): Promise<void> {
      const { sight } = await seenThread(reader, threadDocumentId);
      if (sight === 'everything' || (await ports().levels.tellsAll(threadDocumentId, sight))) return;
      throw new EmailConnectError(
        'NOT_ALLOWED',
        'You see only a part of this conversation.',
        'Ask somebody who sees all of it, for example the owner of its inbox.'
      );
    },
    /** NOT_FOUND unless they see the message, NOT_ALLOWED where they are not told what it says. */
    async assertMayReadMessage(reader: MailReader, messageDocumentId: string): Promise<void> {
      const { level } = await seenMessage(reader, messageDocumentId);
      if (level !== 'full') throw notTold();
    },
    /** NOT_FOUND unless everybody who sees the message is told all of it: programs have no inbox and ask nobody (S42). */
    async assertToldToPrograms(messageDocumentId: string): Promise<void> {
      const message = await ports().access.message(messageDocumentId, '');
      if (!message || levelForOthers(message.holdings) !== 'full') throw hidden();
    },
    /**
     * NOT_FOUND unless they are told of the files of the mail that it came with: as where there is no such file (w57).
     * NOT_ALLOWED where they are told their names only.
     */
    async assertMayReadFile(reader: MailReader, attachmentDocumentId: string): Promise<void> {
      const file = await ports().attachmentRecords.load(attachmentDocumentId);
      if (!file) throw hidden();
      const { level } = await seenMessage(reader, file.messageDocumentId);
      if (level === 'facts') throw hidden();
      if (level !== 'full') throw notTold();
    },
    ...onRecord(ports),
  };
};

const notTold = (): EmailConnectError =>
  new EmailConnectError(
    'NOT_ALLOWED',
    'You are not told what this mail says.',
    'Ask the owner of its inbox: the mail has a button for it.'
  );
