import type { AccessRecords } from '../../../ports';
import { findRow, findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow, MessageRecordRow } from '../base/rows';
import { loadPeople } from '../people/carriers';
import { readableRecords, readsAllRecords } from '../people/readable-records';

interface PlacedRow {
  id: number;
  thread: { documentId: string } | null;
  inbox: { documentId: string } | null;
}

export const createAccessRecords = (strapi: Strapi): AccessRecords => ({
  people: async (documentId) => {
    const thread = await findRow<{ id: number; documentId: string }>(strapi, uids.thread, {
      where: { documentId },
      select: ['id', 'documentId'],
    });
    return thread && loadPeople(strapi, thread);
  },

  message: async (documentId) => {
    const row = await findRow<PlacedRow>(strapi, uids.message, {
      where: { documentId },
      select: ['id'],
      populate: { thread: { select: ['documentId'] }, inbox: { select: ['documentId'] } },
    });
    if (!row?.thread) return null;
    const where = { messageId: row.id };
    const addresses = await findRows<MessageAddressRow>(strapi, uids.messageAddress, { where });
    const records = await findRows<MessageRecordRow>(strapi, uids.messageRecord, { where });
    return {
      threadDocumentId: row.thread.documentId,
      inboxDocumentId: row.inbox?.documentId ?? null,
      addressHashes: addresses.map(({ addressHash }) => addressHash),
      records: records.map(({ contactType, contactDocumentId }) => ({
        contactType,
        documentId: contactDocumentId,
      })),
    };
  },

  inboxesOf: async (ownerDocumentId) => {
    const rows = await findRows<{ documentId: string }>(strapi, uids.inbox, {
      where: { ownerDocumentId },
      select: ['documentId'],
    });
    return rows.map(({ documentId }) => documentId);
  },

  readable: (userAbility, records) => readableRecords(strapi, userAbility, records),
  readsAllRecords: (userAbility) => readsAllRecords(strapi, userAbility),
});
