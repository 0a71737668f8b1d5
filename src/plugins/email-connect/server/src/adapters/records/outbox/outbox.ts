import { canonicalMessageId } from '../../../domain/identification/message-id';
import { finalStages } from '../../../domain/outgoing/stage';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import type { OutboxRecords, OutboxSummary } from '../../../ports';
import { findRow, findRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { messageIdsOf } from '../facts/id-index';
import { uids } from '../base/names';
import type { MessageRow, OutboxRow, ThreadRow } from '../base/rows';
import { dueOutbox } from './due-outbox';
import { listAttention } from './outbox-attention';
import { findEntry } from './outbox-entries';
import { findPress } from './presses';
import { queueMessage } from './queue-message';
import { recordOutbox } from './record-outbox';

export const createOutboxRecords = (strapi: Strapi): OutboxRecords => ({
  ...reading(strapi),
  ...queueing(strapi),
  ...dueOutbox(strapi),
  load: (messageDocumentId) => findEntry(strapi, messageDocumentId),
  listAttention: (inboxDocumentId) => listAttention(strapi, inboxDocumentId),
  summary: (inboxDocumentId) => summary(strapi, inboxDocumentId),
  record: (entry, transition, facts) =>
    inTransaction(strapi, (writer) => recordOutbox(writer, entry, transition, facts)),
});

/** What a new answer needs from the message it answers. */
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
    const sent = await findEntry(strapi, documentId);
    return {
      messageId: messageId ?? null,
      threadDocumentId: message.thread.documentId,
      stage: sent?.stage ?? null,
    };
  },
});

const queueing = (strapi: Strapi): Pick<OutboxRecords, 'findPress' | 'queue' | 'usesSource'> => ({
  findPress: (press) => findPress(strapi, press),
  queue: (mail) => inTransaction(strapi, (writer) => queueMessage(writer, mail)),
  usesSource: async (sourceKey) => (await strapi.db.query(uids.outbox).count({ where: { sourceKey } })) > 0,
});

const QUEUED = ['queued', 'submitting'] as const satisfies OutgoingStage[];

const summary = async (strapi: Strapi, inboxDocumentId: string): Promise<OutboxSummary> => {
  const rows = await findRows<Pick<OutboxRow, 'stage' | 'errorMessage' | 'queuedAt'>>(strapi, uids.outbox, {
    where: { inboxDocumentId, stage: { $notIn: [...finalStages] } },
    select: ['stage', 'errorMessage', 'queuedAt'],
    orderBy: { id: 'asc' },
  });
  const countOf = (...stages: OutgoingStage[]) =>
    rows.filter(({ stage }) => stages.some((one) => one === stage)).length;
  const waiting = rows.filter(({ stage, errorMessage }) => stage === 'queued' && errorMessage);
  const queuedAt = rows
    .filter(({ stage }) => QUEUED.some((one) => one === stage))
    .map((row) => Number(row.queuedAt))
    .filter((at) => at > 0);
  return {
    queued: countOf(...QUEUED),
    held: countOf('held'),
    unknown: countOf('unknown'),
    asked: countOf('asked'),
    unfiled: countOf('sent'),
    lastFailure: waiting.at(-1)?.errorMessage ?? '',
    waitingSince: queuedAt.length > 0 ? new Date(Math.min(...queuedAt)).toISOString() : null,
  };
};
