import type { AccessRequest, LevelRecords } from '../../../ports';
import { readAccessRequestState } from '../base/enumerations';
import { findRows, findRowsIn, insertRows, rowIdsOf, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AccessRequestRow } from '../base/rows';

const MOST_OPEN = 200;

/** 0, which no row has, for a thread that is gone. */
export const rowIdOfThread = async (strapi: Strapi, documentId: string): Promise<number> =>
  (await rowIdsOf(strapi, uids.thread, [documentId])).get(documentId) ?? 0;

/** Who asked to see more of a conversation. */
export const accessRequests = (strapi: Strapi): Pick<LevelRecords, 'ask' | 'askedBy' | 'open' | 'answer'> => {
  const threadIdOf = (documentId: string) => rowIdOfThread(strapi, documentId);

  const requests = async (rows: AccessRequestRow[]): Promise<AccessRequest[]> => {
    const threads = await findRowsIn<{ id: number; documentId: string }>(
      strapi,
      uids.thread,
      'id',
      rows.map(({ threadId }) => threadId),
      { select: ['id', 'documentId'] }
    );
    const documentIdOf = new Map(threads.map(({ id, documentId }) => [id, documentId]));
    return rows.flatMap((row) => {
      const threadDocumentId = documentIdOf.get(row.threadId);
      return threadDocumentId === undefined ? [] : [toRequest(row, threadDocumentId)];
    });
  };

  return {
    ask: ({ threadDocumentId, inboxDocumentIds, userDocumentId }, at, askableBefore) =>
      inTransaction(strapi, async () => {
        const threadId = await threadIdOf(threadDocumentId);
        const known = await findRows<AccessRequestRow>(strapi, uids.accessRequest, {
          where: { threadId, userDocumentId },
        });
        const open = { state: 'open', askedAt: at.getTime(), answeredAt: null, answeredBy: '' };
        const again = known.filter(
          ({ state, answeredAt, inboxDocumentId }) =>
            inboxDocumentIds.includes(inboxDocumentId) &&
            state === 'refused' &&
            Number(answeredAt) < askableBefore.getTime()
        );
        for (const { id } of again) await updateRows(strapi, uids.accessRequest, { id }, open);
        const there = new Set(known.map(({ inboxDocumentId }) => inboxDocumentId));
        const anew = inboxDocumentIds.filter((inboxDocumentId) => !there.has(inboxDocumentId));
        await insertRows(
          strapi,
          uids.accessRequest,
          anew.map((inboxDocumentId) => ({ threadId, inboxDocumentId, userDocumentId, ...open }))
        );
        return [...again.map(({ inboxDocumentId }) => inboxDocumentId), ...anew];
      }),

    askedBy: async (threadDocumentId, userDocumentId) =>
      requests(
        await findRows<AccessRequestRow>(strapi, uids.accessRequest, {
          where: { threadId: await threadIdOf(threadDocumentId), userDocumentId },
        })
      ),

    open: async (inboxDocumentIds) =>
      requests(
        await findRows<AccessRequestRow>(strapi, uids.accessRequest, {
          where: { inboxDocumentId: { $in: [...inboxDocumentIds] }, state: 'open' },
          orderBy: { askedAt: 'asc' },
          limit: MOST_OPEN,
        })
      ),

    answer: async (id, state, by, at) =>
      (await updateRows(
        strapi,
        uids.accessRequest,
        { id, state: 'open' },
        { state, answeredAt: at.getTime(), answeredBy: by }
      )) > 0,
  };
};

const toRequest = (row: AccessRequestRow, threadDocumentId: string): AccessRequest => ({
  id: row.id,
  threadDocumentId,
  inboxDocumentId: row.inboxDocumentId,
  userDocumentId: row.userDocumentId,
  state: readAccessRequestState(row.state),
  askedAt: new Date(Number(row.askedAt)).toISOString(),
});
