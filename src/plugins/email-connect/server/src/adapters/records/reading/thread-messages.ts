import type { MessagePageRequest } from '../../../../../shared/contracts/message';
import type { ThreadRecords } from '../../../ports';
import { findRow, findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { loadPreviews } from '../mail/previews';
import type { MessageRow, MessageSummaryRow } from '../base/rows';
import { readPlace, writePlace } from './message-place';
import { summaryColumns, toMessage, toMessageSummary } from './read-models';

const WITH_FILES = { attachments: true, inbox: { select: ['documentId'] } };

/** The messages of a thread, as pages and cards show them. */
export const threadMessages = (strapi: Strapi): Pick<ThreadRecords, 'page' | 'message'> => ({
  page: async (threadDocumentId, request) => {
    const thread = await findRow<{ id: number }>(strapi, uids.thread, {
      where: { documentId: threadDocumentId },
      select: ['id'],
    });
    if (!thread) return { messages: [], earlier: null };
    const newestFirst = await findRows<MessageSummaryRow>(strapi, uids.message, {
      where: { thread: thread.id, ...before(request) },
      select: [...summaryColumns],
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      // One more than asked for shows whether there are earlier messages.
      limit: request.limit + 1,
      populate: WITH_FILES,
    });
    const rows = newestFirst.slice(0, request.limit).reverse();
    const [oldest] = rows;
    const previews = await loadPreviews(
      { table: (name) => strapi.db.getConnection(name) },
      rows.map(({ id }) => id)
    );
    return {
      messages: rows.map((row) => toMessageSummary(row, threadDocumentId, previews.get(row.id) ?? '')),
      earlier: oldest && newestFirst.length > request.limit ? writePlace(oldest) : null,
    };
  },

  message: async (documentId) => {
    const row = await findRow<MessageRow>(strapi, uids.message, {
      where: { documentId },
      populate: { ...WITH_FILES, thread: { select: ['documentId'] } },
    });
    return row?.thread ? toMessage(row, row.thread.documentId) : null;
  },
});

/**
 * By the index (thread, receivedAt): the first condition is the range, the second separates messages of the same
 * instant.
 */
const before = ({ before: place }: MessagePageRequest): object => {
  if (place === null) return {};
  const { receivedAt, id } = readPlace(place);
  return {
    receivedAt: { $lte: receivedAt },
    $or: [{ receivedAt: { $lt: receivedAt } }, { id: { $lt: id } }],
  };
};
