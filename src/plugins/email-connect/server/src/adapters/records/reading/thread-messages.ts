import type { MessagePageRequest } from '../../../../../shared/contracts/message';
import type { ThreadRecords } from '../../../ports';
import { findRow, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { loadPreviews } from '../mail/previews';
import type { MessageRow, MessageSummaryRow } from '../base/rows';
import { readPlace, writePlace } from './message-place';
import { summaryColumns, toMessage, toMessageSummary } from './read-models';
import { visibleIn } from './visible-messages';
import type { Selection } from './visible-messages';

const WITH_FILES = { attachments: true, inbox: { select: ['documentId'] } };

/** The messages of a thread, as pages and cards show them. */
export const threadMessages = (strapi: Strapi): Pick<ThreadRecords, 'page' | 'message'> => ({
  page: async (threadDocumentId, request, sight = 'everything') => {
    const thread = await findRow<{ id: number }>(strapi, uids.thread, {
      where: { documentId: threadDocumentId },
      select: ['id'],
    });
    if (!thread) return { messages: [], earlier: null };
    const newestFirst = await pageOfIds(strapi, visibleIn(strapi, thread.id, sight), request);
    const ids = newestFirst.slice(0, request.limit).reverse();
    const found = await findRowsIn<MessageSummaryRow>(strapi, uids.message, 'id', ids, {
      select: [...summaryColumns],
      populate: WITH_FILES,
    });
    const rows = found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    const [oldest] = rows;
    const previews = await loadPreviews({ table: (name) => strapi.db.getConnection(name) }, ids);
    return {
      messages: rows.map((row) => toMessageSummary(row, threadDocumentId, previews.get(row.id) ?? '', sight)),
      earlier: oldest && newestFirst.length > request.limit ? writePlace(oldest) : null,
    };
  },

  message: async (documentId, sight = 'everything') => {
    const row = await findRow<MessageRow>(strapi, uids.message, {
      where: { documentId },
      populate: { ...WITH_FILES, thread: { select: ['documentId'] } },
    });
    return row?.thread ? toMessage(row, row.thread.documentId, sight) : null;
  },
});

/** One more than asked for shows whether there are earlier messages. */
const pageOfIds = async (
  strapi: Strapi,
  visible: Selection,
  { before, limit }: MessagePageRequest
): Promise<number[]> => {
  const rows: { message_id: number }[] = await strapi.db.connection
    .from(visible.as('visible'))
    .where((earlier) => {
      if (before === null) return;
      const { receivedAt, id } = readPlace(before);
      const at = new Date(receivedAt);
      // The first condition is the range, the second separates messages of the same instant.
      earlier
        .where('received_at', '<=', at)
        .andWhere((either) => void either.where('received_at', '<', at).orWhere('message_id', '<', id));
    })
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'message_id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select('message_id');
  return rows.map(({ message_id: id }) => id);
};
