import { EmailConnectError } from '../../domain/errors';
import type { InboxRequest, RequestRecords } from '../../ports';
import { findRow, inTransaction, updateRows } from './database';
import type { Strapi } from './database';
import { leaseLost, passFence } from './leases';
import { locationColumns, toLocation } from './locations';
import type { LocationRow } from './locations';
import { uids } from './names';
import { storable } from './storable';

interface RequestRow extends LocationRow {
  id: number;
  inboxDocumentId: string;
  askedBy: string;
  threadDocumentId: string | null;
  outcomeCode: string | null;
  outcomeMessage: string | null;
  outcomeThreadDocumentId: string | null;
}

export const createRequestRecords = (strapi: Strapi): RequestRecords => ({
  add: async ({ inboxDocumentId, askedBy, kind, location, threadDocumentId }) => {
    const columns = locationColumns(inboxDocumentId, location);
    const row: { id: unknown } = await strapi.db
      .query(uids.request)
      .create({ data: { ...columns, askedBy, kind, threadDocumentId } });
    if (typeof row.id !== 'number') throw notKept();
    return row.id;
  },

  next: async (inboxDocumentId) => {
    const where = { inboxDocumentId, outcomeCode: null };
    const row = await findRow<RequestRow>(strapi, uids.request, { where, orderBy: { id: 'asc' } });
    return row && toRequest(row);
  },

  finish: (fence, requestId, { code, message, threadDocumentId }) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      await updateRows(
        strapi,
        uids.request,
        { id: requestId, inboxDocumentId: fence.inboxDocumentId, outcomeCode: null },
        { outcomeCode: code, outcomeMessage: storable(message), outcomeThreadDocumentId: threadDocumentId }
      );
    }),

  outcome: async (requestId) => {
    const row = await findRow<RequestRow>(strapi, uids.request, { where: { id: requestId } });
    if (!row || row.outcomeCode === null) return null;
    return {
      code: row.outcomeCode,
      message: row.outcomeMessage ?? '',
      threadDocumentId: row.outcomeThreadDocumentId,
    };
  },
});

const toRequest = (row: RequestRow): InboxRequest => ({
  requestId: row.id,
  inboxDocumentId: row.inboxDocumentId,
  askedBy: row.askedBy,
  kind: 'log',
  location: toLocation(row),
  threadDocumentId: row.threadDocumentId,
});

const notKept = () =>
  new EmailConnectError('UNEXPECTED', 'The request could not be kept.', 'Ask for it again.');
