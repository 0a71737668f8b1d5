import { canonicalMessageId } from '../../domain/identification/message-id';
import type { ContactRef } from '../../domain/outgoing/outgoing';
import type { OutboxEntry, OutboxRecords } from '../../ports';
import { deleteRows, findRow, findRows, inTransaction, nowMs, updateRows } from './database';
import type { Strapi } from './database';
import { readOutboxStage } from './enumerations';
import { aliasRow, indexIds, messageIdsOf } from './id-index';
import { loadContacts } from './links';
import { tables, uids } from './names';
import { queueMessage } from './queue-message';
import type { MessageRow, OutboxRow, ThreadRow } from './rows';
import { storable } from './storable';

export const createOutboxRecords = (strapi: Strapi): OutboxRecords => ({
  ...reading(strapi),
  ...attempting(strapi),
  ...recording(strapi),
});

/** What an answer needs to know of what it answers. */
const reading = (strapi: Strapi): Pick<OutboxRecords, 'loadThread' | 'loadAnswered'> => ({
  loadThread: async (documentId) => {
    const thread = await findRow<ThreadRow>(strapi, uids.thread, {
      where: { documentId },
      populate: { inbox: { select: ['documentId'] } },
    });
    const threadToken = thread && canonicalMessageId(thread.threadToken);
    if (!thread || !threadToken) return null;
    const messages = await findRows<{ messageId: string | null }>(strapi, uids.message, {
      where: { thread: thread.id },
      select: ['messageId'],
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    });
    return {
      documentId,
      inboxDocumentId: thread.inbox?.documentId ?? '',
      threadToken,
      threadIndexRoot: thread.threadIndexRoot,
      subject: thread.subject,
      messageIds: messageIdsOf(messages.map(({ messageId }) => messageId)),
    };
  },

  loadAnswered: async (documentId) => {
    const message = await findRow<MessageRow>(strapi, uids.message, {
      where: { documentId },
      select: ['messageId'],
      populate: { thread: { select: ['documentId'] } },
    });
    if (!message?.thread) return null;
    const [messageId] = messageIdsOf([message.messageId]);
    return { messageId: messageId ?? null, threadDocumentId: message.thread.documentId };
  },
});

const attempting = (strapi: Strapi): Pick<OutboxRecords, 'queue' | 'listDue' | 'claim'> => ({
  queue: (entry) => inTransaction(strapi, (writer) => queueMessage(writer, entry)),

  listDue: async (inboxDocumentId, at) => {
    const rows = await findRows<OutboxRow>(strapi, uids.outbox, {
      where: {
        inboxDocumentId,
        stage: { $in: ['submit', 'verify', 'file'] },
        nextAttemptAt: { $lte: at.getTime() },
        claimedUntil: { $lte: at.getTime() },
      },
      orderBy: { id: 'asc' },
    });
    const contacts = await loadContacts(strapi, [
      ...new Set(rows.map(({ threadDocumentId }) => threadDocumentId)),
    ]);
    return rows.flatMap((row) => toEntry(row, contacts.get(row.threadDocumentId) ?? []));
  },

  claim: async (outboxId, until) => {
    const claimed: number = await strapi.db
      .getConnection(tables.outbox)
      .where({ id: outboxId })
      .whereIn('stage', ['submit', 'verify', 'file'])
      .whereRaw(`claimed_until <= ${nowMs(strapi)}`)
      .update({ claimed_until: until.getTime(), attempts: strapi.db.connection.raw('attempts + 1') });
    return claimed > 0;
  },
});

const recording = (strapi: Strapi): Pick<OutboxRecords, 'recordSent' | 'recordFiled' | 'recordSetback'> => ({
  recordSent: (entry, receipt, at) =>
    inTransaction(strapi, async () => {
      const { threadDocumentId, messageDocumentId } = entry;
      await updateOutbox(strapi, entry, {
        stage: 'file',
        claimedUntil: 0,
        nextAttemptAt: at.getTime(),
        sentAt: at.getTime(),
        serverResponse: storable(receipt.response),
        errorCode: null,
        errorMessage: null,
      });
      // A bounce may be back before the server's answer to us was looked at.
      const unreported = { deliveryStatus: { $notIn: ['delayed', 'bounced'] } };
      await updateMessage(
        strapi,
        entry,
        { deliveryStatus: 'sent', failureCode: '', failureMessage: '' },
        unreported
      );
      if (receipt.serverMessageId) {
        await indexIds(strapi, [aliasRow(receipt.serverMessageId, threadDocumentId, messageDocumentId)]);
      }
    }),

  recordFiled: async (entry, filed) => {
    await updateOutbox(strapi, entry, {
      stage: 'done',
      filed,
      claimedUntil: 0,
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
    });
    await forgetIfRemoved(strapi, entry);
  },

  recordSetback: (entry, setback) =>
    inTransaction(strapi, async () => {
      await updateOutbox(strapi, entry, {
        stage: setback.stage,
        claimedUntil: 0,
        nextAttemptAt: setback.nextAttemptAt?.getTime() ?? null,
        errorCode: setback.code,
        errorMessage: storable(setback.message),
      });
      await updateMessage(strapi, entry, {
        deliveryStatus: setback.deliveryStatus,
        failureCode: setback.code,
        failureMessage: storable(setback.message),
      });
      if (setback.nextAttemptAt === null) await forgetIfRemoved(strapi, entry);
    }),
});

/** Its message was removed while it was on its way: now nothing of it needs to be here (S21). */
const forgetIfRemoved = async (
  strapi: Strapi,
  { outboxId, messageDocumentId }: OutboxEntry
): Promise<void> => {
  const recorded = await strapi.db.query(uids.message).count({ where: { documentId: messageDocumentId } });
  if (recorded === 0) await deleteRows(strapi, uids.outbox, { id: outboxId });
};

const updateOutbox = (strapi: Strapi, { outboxId }: OutboxEntry, data: Record<string, unknown>) =>
  updateRows(strapi, uids.outbox, { id: outboxId }, data);

const updateMessage = (
  strapi: Strapi,
  { messageDocumentId }: OutboxEntry,
  data: Record<string, unknown>,
  where: Record<string, unknown> = {}
) =>
  updateRows(
    strapi,
    uids.message,
    { documentId: messageDocumentId, ...where },
    { ...data, updatedAt: new Date() }
  );

/** Nothing for a row whose Message-ID is none: it cannot be sent, and it must not stop the others. */
const toEntry = (row: OutboxRow, contacts: ContactRef[]): OutboxEntry[] => {
  const messageId = canonicalMessageId(row.messageId);
  if (!messageId) return [];
  return [
    {
      outboxId: row.id,
      inboxDocumentId: row.inboxDocumentId,
      messageDocumentId: row.messageDocumentId,
      threadDocumentId: row.threadDocumentId,
      messageId,
      contacts,
      smtpEnvelope: row.smtpEnvelope,
      sourceKey: row.sourceKey,
      stage: stageOf(row),
      attempts: row.attempts,
    },
  ];
};

/** A claim that was neither answered nor given back: its process died with the mail in hand, so first look whether it went out (P2). */
const stageOf = (row: OutboxRow): OutboxEntry['stage'] => {
  const stage = readOutboxStage(row.stage);
  return stage === 'submit' && Number(row.claimedUntil) > 0 ? 'verify' : stage;
};
