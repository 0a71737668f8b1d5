import { EmailConnectError } from '../../../domain/errors';
import type { Fence, InboxRequest, RequestRecords } from '../../../ports';
import { nowMs } from '../base/instants';
import { findRow } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import { storable } from '../base/storable';
import { leaseLost, passFence } from './leases';
import { locationColumns, toLocation } from './locations';
import type { LocationRow } from './locations';

interface RequestRow extends LocationRow {
  id: number;
  inboxDocumentId: string;
  askedBy: string;
  threadDocumentId: string | null;
  contactType: string | null;
  contactDocumentId: string | null;
  outcomeCode: string | null;
  outcomeMessage: string | null;
  outcomeThreadDocumentId: string | null;
  attempts: number | null;
}

export const createRequestRecords = (strapi: Strapi): RequestRecords => {
  const now = strapi.db.connection.raw(nowMs(strapi));
  return {
    add: ({ inboxDocumentId, askedBy, kind, location, threadDocumentId, contact }) =>
      inTransaction(strapi, async (writer) => {
        const columns = locationColumns(inboxDocumentId, location);
        const row: { id: unknown } = await strapi.db.query(uids.request).create({
          data: {
            ...columns,
            askedBy,
            kind,
            threadDocumentId,
            contactType: contact?.contactType ?? null,
            contactDocumentId: contact?.documentId ?? null,
            attempts: 0,
          },
        });
        if (typeof row.id !== 'number') throw notKept();
        await rowOf(writer, row.id).update({ asked_at: now });
        return row.id;
      }),

    next: async (inboxDocumentId) => {
      const where = { inboxDocumentId, outcomeCode: null };
      const orderBy = [{ attempts: 'asc' }, { id: 'asc' }];
      const row = await findRow<RequestRow>(strapi, uids.request, { where, orderBy });
      return row && toRequest(row);
    },

    begin: (fence, requestId) =>
      inTransaction(strapi, async (writer) => {
        if (!(await passFence(writer, fence))) throw leaseLost();
        await openRow(writer, fence, requestId).update({
          attempts: strapi.db.connection.raw('coalesce(attempts, 0) + 1'),
        });
      }),

    finish: (fence, requestId, { code, message, threadDocumentId }) =>
      inTransaction(strapi, async (writer) => {
        if (!(await passFence(writer, fence))) throw leaseLost();
        await openRow(writer, fence, requestId).update({
          outcome_code: code,
          outcome_message: storable(message),
          outcome_thread_document_id: threadDocumentId,
          ended_at: now,
        });
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
  };
};

const rowOf = (writer: Writer, requestId: number) => writer.table(tables.request).where({ id: requestId });

/** No row for a request that is answered. */
const openRow = (writer: Writer, { inboxDocumentId }: Fence, requestId: number) =>
  rowOf(writer, requestId).where({ inbox_document_id: inboxDocumentId }).whereNull('outcome_code');

const toRequest = (row: RequestRow): InboxRequest => ({
  requestId: row.id,
  inboxDocumentId: row.inboxDocumentId,
  askedBy: row.askedBy,
  kind: 'log',
  location: toLocation(row),
  threadDocumentId: row.threadDocumentId,
  contact: contactOf(row),
  attempts: row.attempts ?? 0,
});

const contactOf = ({ contactType, contactDocumentId }: RequestRow): InboxRequest['contact'] =>
  contactType === null || contactDocumentId === null ? null : { contactType, documentId: contactDocumentId };

const notKept = () =>
  new EmailConnectError('UNEXPECTED', 'The request could not be kept.', 'Ask for it again.');
