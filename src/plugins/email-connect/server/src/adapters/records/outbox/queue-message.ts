import { EmailConnectError } from '../../../domain/errors';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import type { MailToQueue, NewThread, QueuedMail } from '../../../ports';
import { insertThreads } from '../mail/begin-threads';
import { insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { newDocumentId } from '../base/new-document-id';
import { uids } from '../base/names';
import { storable, storableJson } from '../base/storable';
import { writeMessages } from '../mail/write-messages';
import { findEntry } from './outbox-entries';
import { findPress, insertPress } from './presses';

/**
 * Within one transaction: the thread when it is new, the message with its ids and links, its outbox entry, and the
 * press that made it. The unique index over presses decides between two that arrive at once; the later one reads what
 * the first one made.
 */
export const queueMessage = async (
  writer: Writer,
  { thread, message, smtpEnvelope, sourceKey, composedFor, press, at }: MailToQueue
): Promise<QueuedMail> => {
  const { strapi } = writer;
  const pressed = press && (await findPress(strapi, press));
  if (press && pressed) return { kind: 'pressed-before', press, pressed };
  const { messageId } = message.parsed.headers;
  if (!messageId) throw notQueued('it has no Message-ID');
  const threadDocumentId =
    thread.kind === 'new' ? await insertThread(strapi, thread.thread, at) : thread.documentId;
  const writtenFrom = thread.kind === 'new' ? thread.thread.contacts : thread.contacts;
  const toWrite = { message: { ...message, threadDocumentId }, writtenFrom };
  const [written] = await writeMessages(writer, [toWrite], at);
  if (!written || written.documentId === null) throw notQueued('its conversation is no longer here');
  if (!written.isNew) throw notQueued('a mail with its Message-ID is recorded already');
  const messageDocumentId = written.documentId;
  await insertRows(strapi, uids.outbox, [
    {
      inboxDocumentId: message.inboxDocumentId,
      messageDocumentId,
      threadDocumentId,
      messageId,
      sourceKey,
      composedFor: storable(composedFor),
      smtpEnvelope: storableJson(smtpEnvelope),
      stage: 'queued' satisfies OutgoingStage,
      attempts: 0,
      looks: 0,
      doubted: false,
      claimedUntil: 0,
      nextAttemptAt: 0,
      queuedAt: at.getTime(),
    },
  ]);
  if (press) await insertPress(strapi, press, { messageDocumentId, threadDocumentId }, at);
  const entry = await findEntry(strapi, messageDocumentId);
  if (!entry) throw notQueued('its place in the outbox could not be read back');
  return { kind: 'queued', entry };
};

const notQueued = (reason: string) =>
  new EmailConnectError(
    'INPUT_INVALID',
    `This mail cannot be queued: ${reason}.`,
    'Write it again from the contact.'
  );

const insertThread = async (strapi: Strapi, thread: NewThread, at: Date): Promise<string> => {
  const documentId = newDocumentId();
  await insertThreads(strapi, [{ documentId, inboxDocumentId: thread.inboxDocumentId, begins: thread }], at);
  return documentId;
};
