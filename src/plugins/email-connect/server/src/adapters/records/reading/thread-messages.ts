import type { MessagePageRequest } from '../../../../../shared/contracts/message';
import { isOwn, toldOf } from '../../../domain/access/sight';
import type { Sight } from '../../../domain/access/sight';
import type { ThreadRecords } from '../../../ports';
import { loadHoldings } from '../people/load-holdings';
import { findRow, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { loadPreviews } from '../mail/previews';
import type { MessageRow, MessageSummaryRow } from '../base/rows';
import { readPlace, writePlace } from './message-place';
import { summaryColumns, toMessage, toMessageSummary } from './read-models';
import type { Shown } from './read-models';
import { rowsOf, visibleIn } from './visible-messages';
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
    const { facts } = await visibleIn(strapi, thread.id, sight);
    const newestFirst = await pageOfIds(strapi, facts, request);
    const ids = newestFirst.slice(0, request.limit).reverse();
    const found = await findRowsIn<MessageSummaryRow>(strapi, uids.message, 'id', ids, {
      select: [...summaryColumns],
      populate: WITH_FILES,
    });
    const rows = found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    const [oldest] = rows;
    const previews = await loadPreviews({ table: (name) => strapi.db.getConnection(name) }, ids);
    const shown = await shownOf(strapi, ids, sight);
    return {
      messages: rows.map((row) =>
        toMessageSummary(row, threadDocumentId, previews.get(row.id) ?? '', shown(row.id))
      ),
      earlier: oldest && newestFirst.length > request.limit ? writePlace(oldest) : null,
    };
  },

  message: async (documentId, sight = 'everything') => {
    const row = await findRow<MessageRow>(strapi, uids.message, {
      where: { documentId },
      populate: { ...WITH_FILES, thread: { select: ['documentId'] } },
    });
    if (!row?.thread) return null;
    const shown = await shownOf(strapi, [row.id], sight);
    return toMessage(row, row.thread.documentId, shown(row.id));
  },
});

const shownOf = async (
  strapi: Strapi,
  messageIds: readonly number[],
  sight: Sight
): Promise<(messageId: number) => Shown> => {
  if (sight === 'everything') return () => ({ level: 'full', isOwn: true });
  const holdings = await loadHoldings(strapi, messageIds, sight.userDocumentId);
  return (id) => ({
    level: toldOf(sight, holdings.get(id) ?? []),
    isOwn: isOwn(sight, holdings.get(id) ?? []),
  });
};

/** One more than asked for shows whether there are earlier messages. */
const pageOfIds = async (
  strapi: Strapi,
  visible: Selection,
  { before, limit }: MessagePageRequest
): Promise<number[]> => {
  const rows: { message_id: number }[] = await rowsOf(strapi, visible)
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
