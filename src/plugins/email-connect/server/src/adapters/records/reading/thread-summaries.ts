import type { ThreadSummary } from '../../../../../shared/contracts/thread';
import { threadSending } from '../../../domain/outgoing/thread-sending';
import type { ThreadSending } from '../../../domain/outgoing/thread-sending';
import { threadTopic } from '../../../domain/subject/base-subject';
import { readDeliveryStatus, readDirection, readThreadState } from '../base/enumerations';
import { inParts } from '../base/in-parts';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { MessageRow, ThreadRow } from '../base/rows';
import { loadPreviews } from '../mail/previews';
import { newestIn } from './page-of-threads';
import type { Newest } from './page-of-threads';
import { rowsOf } from './visible-messages';
import type { Instant, Selection, Told } from './visible-messages';

/**
 * Threads as the messages show them that are told: nothing follows from any other message (S42). `since`: a time since when
 * messages are looked at first where another one than the newest has to be found.
 */
export const summarise = async (
  strapi: Strapi,
  told: Told,
  newest: readonly Newest[],
  since: Instant | null = null
): Promise<ThreadSummary[]> => {
  const threadIds = newest.map(({ thread_id: id }) => id);
  const messageIds = newest.map(({ message_id: id }) => id);
  const selected = (selection: Selection) => selectedOf(strapi, selection, messageIds);
  const full = told.full === told.facts ? null : selected(told.full);
  const named = told.subject === told.full ? full : selected(told.subject);
  // At once: a page waits for the slowest of them, where the database answers on several connections.
  const [threads, messages, previews, counts, files, sending, subjects, open] = await Promise.all([
    findRowsIn<ThreadRow>(strapi, uids.thread, 'id', threadIds, {
      select: ['id', 'documentId', 'subject', 'state', 'messageCount'],
    }).then(byId),
    findRowsIn<MessageRow>(strapi, uids.message, 'id', messageIds, {
      select: ['id', 'subject', 'fromName', 'fromAddress', 'direction', 'receivedAt'],
    }).then(byId),
    loadPreviews({ table: (name) => strapi.db.getConnection(name) }, messageIds),
    countMessages(strapi, told.facts, threadIds),
    countFiles(strapi, told.subject, threadIds),
    loadSending(strapi, told.full, newest),
    full && named ? subjectsOf(strapi, told.subject, newest, named, since) : null,
    full,
  ]);
  return newest.flatMap(({ thread_id: threadId, message_id: messageId }) => {
    const thread = threads.get(threadId);
    const message = messages.get(messageId);
    const count = counts.get(threadId);
    if (!thread || !message || count === undefined) return [];
    const isWhole = count === thread.messageCount;
    const subject = isWhole && !subjects ? thread.subject : threadTopic(message.subject);
    return {
      documentId: thread.documentId,
      subject: subjects ? (subjects.get(threadId) ?? null) : subject,
      state: readThreadState(thread.state),
      lastMessageAt: message.receivedAt,
      lastDirection: readDirection(message.direction),
      lastFrom: message.fromName || message.fromAddress,
      messageCount: count,
      attachmentCount: files.get(threadId) ?? 0,
      preview: open?.has(messageId) === false ? '' : (previews.get(messageId) ?? ''),
      sending: sending.get(threadId) ?? null,
    };
  });
};

/**
 * The topic of the newest message of each thread whose subject is told: mostly of the newest of all, else it is looked
 * for among all messages.
 */
const subjectsOf = async (
  strapi: Strapi,
  selection: Selection,
  newest: readonly Newest[],
  newestTold: Promise<Set<number>>,
  since: Instant | null
): Promise<Map<number, string>> => {
  const told = await newestTold;
  const others = newest.filter(({ message_id: id }) => !told.has(id)).map(({ thread_id: id }) => id);
  const named = [
    ...newest.filter(({ message_id: id }) => told.has(id)),
    ...(others.length === 0 ? [] : await newestIn(strapi, selection, others, since)),
  ];
  const rows = await findRowsIn<{ id: number; subject: string }>(
    strapi,
    uids.message,
    'id',
    named.map(({ message_id: id }) => id),
    { select: ['id', 'subject'] }
  );
  const subjectOf = byId(rows);
  return new Map(
    named.flatMap(({ message_id: id, thread_id: threadId }) => {
      const found = subjectOf.get(id);
      return found ? [[threadId, threadTopic(found.subject)] as const] : [];
    })
  );
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
  const counts: Counts = await rowsOf(strapi, selection, { threadIds })
    .groupBy('thread_id')
    .select('thread_id')
    .countDistinct({ total: 'message_id' });
  return byThread(counts);
};

/** Images within the text do not count (S29). */
const countFiles = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Map<number, number>> => {
  const counts: Counts = await strapi.db
    .getConnection(`${tables.attachment} as a`)
    .join(selection({ threadIds }).as('selected'), 'selected.message_id', 'a.message_id')
    .whereIn('a.thread_id', [...threadIds])
    .where({ 'a.disposition': 'attachment' })
    .groupBy('a.thread_id')
    .select('a.thread_id')
    .countDistinct({ total: 'a.id' });
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
  for (const some of inParts(messageIds)) {
    const rows: { message_id: number }[] = await rowsOf(strapi, selection, {
      messageIds: some,
    }).select('message_id');
    for (const { message_id: id } of rows) found.add(id);
  }
  return found;
};
