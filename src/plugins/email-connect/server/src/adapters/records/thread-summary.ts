import type { MessageToRecord } from '../../ports';
import { updateRows } from './database';
import type { Writer } from './database';
import { authorOf, previewOf } from './message-rows';
import { tables, uids } from './names';
import { storable } from './storable';

/**
 * Counts new messages into their threads; where one is the newest, it is what lists show of the thread.
 * Two statements a thread, none of which reads before it writes: passes of two inboxes may meet in one thread.
 * In one order for all, so that they cannot block one another.
 */
export const countIntoThreads = async (
  writer: Writer,
  messages: readonly MessageToRecord[]
): Promise<void> => {
  const byThread = new Map<string, MessageToRecord[]>();
  for (const message of messages) {
    byThread.set(message.threadDocumentId, [...(byThread.get(message.threadDocumentId) ?? []), message]);
  }
  for (const threadDocumentId of [...byThread.keys()].sort()) {
    await countIntoThread(writer, threadDocumentId, byThread.get(threadDocumentId) ?? []);
  }
};

const countIntoThread = async (
  writer: Writer,
  documentId: string,
  messages: readonly MessageToRecord[]
): Promise<void> => {
  const { connection } = writer.strapi.db;
  await writer
    .table(tables.thread)
    .where({ document_id: documentId })
    .update({
      message_count: connection.raw('message_count + ?', [messages.length]),
      attachment_count: connection.raw('attachment_count + ?', [
        messages.reduce((sum, message) => sum + filesOf(message), 0),
      ]),
    });
  const newest = messages.reduce((latest, message) => (isLater(message, latest) ? message : latest));
  await updateRows(
    writer.strapi,
    uids.thread,
    { documentId, $or: [{ lastMessageAt: null }, { lastMessageAt: { $lte: newest.receivedAt } }] },
    {
      lastMessageAt: newest.receivedAt,
      lastDirection: newest.direction,
      lastFrom: storable(authorOf(newest)),
      preview: storable(previewOf(newest.parsed.text)),
      updatedAt: new Date(),
    }
  );
};

/** Images within the text are no files of the thread (S29). */
const filesOf = ({ parsed }: MessageToRecord): number =>
  parsed.attachments.filter(({ disposition }) => disposition === 'attachment').length;

const isLater = (message: MessageToRecord, than: MessageToRecord): boolean =>
  Date.parse(message.receivedAt) >= Date.parse(than.receivedAt);
