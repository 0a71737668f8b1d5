import type { ThreadSummary } from '../../../../../shared/contracts/thread';
import { threadSending } from '../../../domain/outgoing/thread-sending';
import type { ThreadSending } from '../../../domain/outgoing/thread-sending';
import { threadTopic } from '../../../domain/subject/base-subject';
import { readDeliveryStatus, readDirection, readThreadState } from '../base/enumerations';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { MessageRow, ThreadRow } from '../base/rows';
import { loadPreviews } from '../mail/previews';
import type { Selection } from './visible-messages';

/** The newest selected message of a thread, and how many are selected there. */
interface Newest {
  message_id: number;
  thread_id: number;
  messages: number | string;
}

/** A page of the threads of these messages, newest first. */
export const pageOfThreads = async (
  strapi: Strapi,
  selection: Selection,
  { start, limit }: { start: number; limit: number }
): Promise<Newest[]> => {
  const { connection } = strapi.db;
  const ranked = connection
    .from(selection.clone().as('selected'))
    .select('message_id', 'thread_id', 'received_at')
    .rowNumber('nth', (over) => {
      over.partitionBy('thread_id').orderBy([
        { column: 'received_at', order: 'desc' },
        { column: 'message_id', order: 'desc' },
      ]);
    })
    .select(connection.raw('count(*) over (partition by thread_id) as messages'));
  return connection
    .from(ranked.as('ranked'))
    .where({ nth: 1 })
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'message_id', order: 'desc' },
    ])
    .offset(start)
    .limit(limit)
    .select('message_id', 'thread_id', 'messages');
};

export const countThreads = async (strapi: Strapi, selection: Selection): Promise<number> => {
  const [row]: { total: number | string }[] = await strapi.db.connection
    .from(selection.clone().as('selected'))
    .countDistinct({ total: 'thread_id' });
  return Number(row?.total ?? 0);
};

/** Threads as the selected messages show them: nothing follows from any other message (S42). */
export const summarise = async (
  strapi: Strapi,
  selection: Selection,
  newest: readonly Newest[]
): Promise<ThreadSummary[]> => {
  const threadIds = newest.map(({ thread_id: id }) => id);
  const threads = byId(await findRowsIn<ThreadRow>(strapi, uids.thread, 'id', threadIds));
  const messageIds = newest.map(({ message_id: id }) => id);
  const messages = byId(
    await findRowsIn<MessageRow>(strapi, uids.message, 'id', messageIds, {
      select: ['id', 'subject', 'fromName', 'fromAddress', 'direction', 'receivedAt'],
    })
  );
  const previews = await loadPreviews({ table: (name) => strapi.db.getConnection(name) }, messageIds);
  const files = await countFiles(strapi, selection, threadIds);
  const sending = await loadSending(strapi, selection, newest);
  return newest.flatMap(({ thread_id: threadId, message_id: messageId, messages: count }) => {
    const thread = threads.get(threadId);
    const message = messages.get(messageId);
    if (!thread || !message) return [];
    const isWhole = Number(count) === thread.messageCount;
    return {
      documentId: thread.documentId,
      subject: isWhole ? thread.subject : threadTopic(message.subject),
      state: readThreadState(thread.state),
      lastMessageAt: message.receivedAt,
      lastDirection: readDirection(message.direction),
      lastFrom: message.fromName || message.fromAddress,
      messageCount: Number(count),
      attachmentCount: files.get(threadId) ?? 0,
      preview: previews.get(messageId) ?? '',
      sending: sending.get(threadId) ?? null,
    };
  });
};

const byId = <Row extends { id: number }>(rows: readonly Row[]): Map<number, Row> =>
  new Map(rows.map((row) => [row.id, row]));

const selectedIn = (selection: Selection, threadIds: readonly number[], strapi: Strapi) =>
  strapi.db.connection
    .from(selection.clone().as('selected'))
    .whereIn('thread_id', [...threadIds])
    .select('message_id');

/** Images within the text do not count (S29). */
const countFiles = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Map<number, number>> => {
  const rows: { thread_id: number; files: number | string }[] = await strapi.db
    .getConnection(tables.attachment)
    .whereIn('thread_id', [...threadIds])
    .whereIn('message_id', selectedIn(selection, threadIds, strapi))
    .where({ disposition: 'attachment' })
    .groupBy('thread_id')
    .select('thread_id')
    .count({ files: '*' });
  return new Map(rows.map(({ thread_id: id, files }) => [id, Number(files)]));
};

const NOT_SIMPLY_SENT = ['asked', 'held', 'unknown', 'queued', 'failed', 'bounced'] satisfies ThreadSending[];

/** The state of sending in each thread: one query for all of them. */
const loadSending = async (
  strapi: Strapi,
  selection: Selection,
  newest: readonly Newest[]
): Promise<Map<number, ThreadSending | null>> => {
  const threadIds = newest.map(({ thread_id: id }) => id);
  const isNewest = new Set(newest.map(({ message_id: id }) => id));
  const mails: { id: number; thread_id: number; delivery_status: string }[] = await strapi.db
    .getConnection(tables.message)
    .whereIn('thread_id', threadIds)
    .whereIn('delivery_status', NOT_SIMPLY_SENT)
    .whereIn('id', selectedIn(selection, threadIds, strapi))
    .select('id', 'thread_id', 'delivery_status');
  return new Map(
    threadIds.map((threadId) => [
      threadId,
      threadSending(
        mails
          .filter((mail) => mail.thread_id === threadId)
          .flatMap(({ id, delivery_status: stored }) => {
            const deliveryStatus = readDeliveryStatus(stored);
            return deliveryStatus ? [{ deliveryStatus, isNewest: isNewest.has(id) }] : [];
          })
      ),
    ])
  );
};
