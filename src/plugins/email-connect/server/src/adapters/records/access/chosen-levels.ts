import type { LevelPlace } from '../../../domain/access/level';
import type { LevelRecords } from '../../../ports';
import { readLevel } from '../base/enumerations';
import { deleteRows, findRows, insertRows, rowIdsOf } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { StricterLevelRow } from '../base/rows';
import { loadRuledLevels } from '../people/load-ruled-levels';
import { rowIdOfThread } from './access-requests';

/** As messageId of a level. */
const WHOLE_THREAD = 0;
/** No row has it. */
const GONE = -1;

/** Levels that owners chose for conversations and messages. */
export const chosenLevels = (strapi: Strapi): Pick<LevelRecords, 'decidingAt' | 'holdsAny' | 'choose'> => {
  const rowIdsAt = async ({ threadDocumentId, messageDocumentId }: LevelPlace) => {
    const threadId = await rowIdOfThread(strapi, threadDocumentId);
    if (messageDocumentId === null) return { threadId, messageId: WHOLE_THREAD };
    const ids = await rowIdsOf(strapi, uids.message, [messageDocumentId]);
    return { threadId, messageId: ids.get(messageDocumentId) ?? GONE };
  };

  const holdingsAt = ({ threadId, messageId }: { threadId: number; messageId: number }) =>
    strapi.db
      .getConnection(tables.holding)
      .where({ thread_id: threadId, ...(messageId === WHOLE_THREAD ? {} : { message_id: messageId }) });

  return {
    holdsAny: async (place, inboxDocumentIds) => {
      const [held]: unknown[] = await holdingsAt(await rowIdsAt(place))
        .where({ holds: true })
        .whereIn('inbox_document_id', [...inboxDocumentIds])
        .limit(1)
        .select('id');
      return held !== undefined;
    },

    decidingAt: async (place, inboxDocumentIds) => {
      const { threadId, messageId } = await rowIdsAt(place);
      const deciding: { inbox_document_id: string }[] = await holdingsAt({ threadId, messageId })
        .where({ decides: true })
        .whereIn('inbox_document_id', [...inboxDocumentIds])
        .distinct('inbox_document_id');
      const chosen = await findRows<StricterLevelRow>(strapi, uids.stricterLevel, {
        where: { threadId, messageId },
      });
      const ruledAt = await loadRuledLevels(strapi, messageId === WHOLE_THREAD ? [] : [messageId]);
      return deciding.map(({ inbox_document_id: inboxDocumentId }) => {
        const row = chosen.find((one) => one.inboxDocumentId === inboxDocumentId);
        const ruled = ruledAt({ messageId, inboxDocumentId });
        return { inboxDocumentId, level: row ? readLevel(row.level) : null, ruled };
      });
    },

    choose: (place, inboxDocumentIds, level) =>
      inTransaction(strapi, async () => {
        const { threadId, messageId } = await rowIdsAt(place);
        const where = { threadId, inboxDocumentId: { $in: [...inboxDocumentIds] } };
        await deleteRows(strapi, uids.stricterLevel, { ...where, messageId });
        if (level === null) return;
        await deleteRows(strapi, uids.accessRequest, { ...where, state: 'granted' });
        const rows = inboxDocumentIds.map((inboxDocumentId) => ({
          threadId,
          messageId,
          inboxDocumentId,
          level,
        }));
        await insertRows(strapi, uids.stricterLevel, rows);
      }),
  };
};
