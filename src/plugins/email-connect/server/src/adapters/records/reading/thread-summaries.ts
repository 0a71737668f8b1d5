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
import type { Newest } from './page-of-threads';
import { selectedIn } from './visible-messages';
import type { Selection } from './visible-messages';

/** Limited by the number of parameters that SQLite takes. */
const AT_ONCE = 500;

/** Threads as the selected messages show them: nothing follows from any other message (S42). */
export const summarise = async (
  strapi: Strapi,
  selection: Selection,
  newest: readonly Newest[]
): Promise<ThreadSummary[]> => {
  const threadIds = newest.map(({ thread_id: id }) => id);
  const messageIds = newest.map(({ message_id: id }) => id);
  // At once: a page waits for the slowest of them, where the database answers on several connections.
  const [threads, messages, previews, counts, files, sending] = await Promise.all([
    findRowsIn<ThreadRow>(strapi, uids.thread, 'id', threadIds).then(byId),
    findRowsIn<MessageRow>(strapi, uids.message, 'id', messageIds, {
      select: ['id', 'subject', 'fromName', 'fromAddress', 'direction', 'receivedAt'],
    }).then(byId),
    loadPreviews({ table: (name) => strapi.db.getConnection(name) }, messageIds),
    countMessages(strapi, selection, threadIds),
    countFiles(strapi, selection, threadIds),
    loadSending(strapi, selection, newest),
  ]);
  return newest.flatMap(({ thread_id: threadId, message_id: messageId }) => {
    const thread = threads.get(threadId);
    const message = messages.get(messageId);
    const count = counts.get(threadId);
    if (!thread || !message || count === undefined) return [];
    const isWhole = count === thread.messageCount;
    return {
      documentId: thread.documentId,
      subject: isWhole ? thread.subject : threadTopic(message.subject),
      state: readThreadState(thread.state),
      lastMessageAt: message.receivedAt,
      lastDirection: readDirection(message.direction),
      lastFrom: message.fromName || message.fromAddress,
      messageCount: count,
      attachmentCount: files.get(threadId) ?? 0,
      preview: previews.get(messageId) ?? '',
      sending: sending.get(threadId) ?? null,
    };
  });
};

const byId = <Row extends { id: number }>(rows: readonly Row[]): Map<number, Row> =>
  new Map(rows.map((row) => [row.id, row]));

type Counts = { thread_id: number; total: number | string }[];

const byThread = (counts: Counts): Map<number, number> =>
  new Map(counts.map(({ thread_id: id, total }) => [id, Number(total)]));

const countMessages = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Map<number, number>> => {
  const once = selectedIn(strapi, selection, threadIds).distinct('message_id', 'thread_id');
  const counts: Counts = await strapi.db.connection
    .from(once.as('once'))
    .groupBy('thread_id')
    .select('thread_id')
    .count({ total: '*' });
  return byThread(counts);
};

/** Images within the text do not count (S29). */
const countFiles = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Map<number, number>> => {
  const counts: Counts = await strapi.db
    .getConnection(tables.attachment)
    .whereIn('thread_id', [...threadIds])
    .whereIn('message_id', selectedIn(strapi, selection, threadIds).select('message_id'))
    .where({ disposition: 'attachment' })
    .groupBy('thread_id')
    .select('thread_id')
    .count({ total: '*' });
  return byThread(counts);
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
  const open: { id: number; thread_id: number; delivery_status: string }[] = await strapi.db
    .getConnection(tables.message)
    .whereIn('thread_id', threadIds)
    .whereIn('delivery_status', NOT_SIMPLY_SENT)
    .select('id', 'thread_id', 'delivery_status');
  const selected = await selectedOf(
    strapi,
    selection,
    open.map(({ id }) => id)
  );
  const mails = open.filter(({ id }) => selected.has(id));
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

/** Those of these messages that are selected. Usually there are none to ask for. */
const selectedOf = async (
  strapi: Strapi,
  selection: Selection,
  messageIds: readonly number[]
): Promise<Set<number>> => {
  const found = new Set<number>();
  for (let start = 0; start < messageIds.length; start += AT_ONCE) {
    const rows: { message_id: number }[] = await strapi.db.connection
      .from(selection.clone().as('selected'))
      .whereIn('message_id', messageIds.slice(start, start + AT_ONCE))
      .select('message_id');
    for (const { message_id: id } of rows) found.add(id);
  }
  return found;
};
