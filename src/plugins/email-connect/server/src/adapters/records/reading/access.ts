import type { AccessRecords } from '../../../ports';
import { loadHoldings } from '../people/load-holdings';
import { findRow, findRows, rowIdsOf } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow, MessageRecordRow } from '../base/rows';
import { inboxesNaming } from '../people/admin-people';
import { loadPeople } from '../people/carriers';
import { readableRecords, readsAllRecords } from '../people/readable-records';

interface PlacedRow {
  id: number;
  thread: { documentId: string } | null;
}

export const createAccessRecords = (strapi: Strapi): AccessRecords => ({
  people: async (documentId) => {
    const thread = await findRow<{ id: number }>(strapi, uids.thread, {
      where: { documentId },
      select: ['id'],
    });
    return thread && loadPeople(strapi, thread.id);
  },

  message: async (documentId, userDocumentId) => {
    const row = await findRow<PlacedRow>(strapi, uids.message, {
      where: { documentId },
      select: ['id'],
      populate: { thread: { select: ['documentId'] } },
    });
    if (!row?.thread) return null;
    const where = { messageId: row.id };
    const addresses = await findRows<MessageAddressRow>(strapi, uids.messageAddress, { where });
    const records = await findRows<MessageRecordRow>(strapi, uids.messageRecord, { where });
    return {
      threadDocumentId: row.thread.documentId,
      holdings: (await loadHoldings(strapi, [row.id], userDocumentId)).get(row.id) ?? [],
      addressHashes: addresses.map(({ addressHash }) => addressHash),
      records: records.map(({ contactType, contactDocumentId }) => ({
        contactType,
        documentId: contactDocumentId,
      })),
    };
  },

  holdings: async (messageDocumentIds, userDocumentId) => {
    const ids = await rowIdsOf(strapi, uids.message, messageDocumentIds);
    const holdings = await loadHoldings(strapi, [...ids.values()], userDocumentId);
    return new Map([...ids].map(([documentId, id]) => [documentId, holdings.get(id) ?? []]));
  },

  inboxesOf: async (userDocumentId) => {
    if (userDocumentId === '') return [];
    const rows = await findRows<{ documentId: string }>(strapi, uids.inbox, {
      where: { ownerDocumentId: userDocumentId },
      select: ['documentId'],
    });
    const owned = rows.map(({ documentId }) => documentId);
    return [...new Set([...owned, ...(await inboxesNaming(strapi, userDocumentId))])];
  },

  readable: (userAbility, records) => readableRecords(strapi, userAbility, records),
  readsAllRecords: (userAbility) => readsAllRecords(strapi, userAbility),
});
