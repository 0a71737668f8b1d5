import { EmailConnectError } from '../../domain/errors';
import type { ContactRef } from '../../domain/outgoing/outgoing';
import type { NewThread, OutboxEntry, OutboxRecords } from '../../ports';
import { insertThreads } from './begin-threads';
import { findRow, insertRows } from './database';
import type { Strapi, Writer } from './database';
import { newDocumentId } from './document-id';
import { loadContacts } from './links';
import { uids } from './names';
import { storableJson } from './storable';
import { writeMessages } from './write-messages';

type MessageToQueue = Parameters<OutboxRecords['queue']>[0];

/** Within one transaction: the thread when it is new, the message with its ids and links, and its place in the outbox. */
export const queueMessage = async (
  writer: Writer,
  { thread, message, smtpEnvelope, sourceKey, at }: MessageToQueue
): Promise<OutboxEntry> => {
  const { strapi } = writer;
  const { messageId } = message.parsed.headers;
  if (!messageId) throw notQueued('it has no Message-ID');
  const threadDocumentId =
    thread.kind === 'new' ? await insertThread(strapi, thread.thread, at) : thread.documentId;
  const contacts = thread.kind === 'new' ? thread.thread.contacts : thread.contacts;
  const [written] = await writeMessages(
    writer,
    [{ ...message, threadDocumentId }],
    at,
    linksTo(threadDocumentId, contacts)
  );
  if (!written) throw notQueued('its conversation is no longer here');
  if (!written.isNew) throw notQueued('a mail with its Message-ID is recorded already');
  const { inboxDocumentId } = message;
  const row = {
    inboxDocumentId,
    messageDocumentId: written.documentId,
    threadDocumentId,
    messageId,
    sourceKey,
  };
  await insertRows(strapi, uids.outbox, [
    {
      ...row,
      smtpEnvelope: storableJson(smtpEnvelope),
      stage: 'submit',
      attempts: 0,
      claimedUntil: 0,
      nextAttemptAt: at.getTime(),
      queuedAt: at.getTime(),
    },
  ]);
  const queued = await findRow<{ id: number }>(strapi, uids.outbox, {
    where: { messageDocumentId: written.documentId },
  });
  if (!queued) throw notQueued('its place in the outbox could not be read back');
  const linked = await loadContacts(strapi, [threadDocumentId]);
  return {
    ...row,
    outboxId: queued.id,
    contacts: linked.get(threadDocumentId) ?? [],
    smtpEnvelope,
    stage: 'submit',
    attempts: 0,
  };
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

const linksTo = (threadDocumentId: string, contacts: readonly ContactRef[]) =>
  contacts.map(({ contactType, documentId }) => ({
    threadDocumentId,
    contactType,
    contactDocumentId: documentId,
  }));
