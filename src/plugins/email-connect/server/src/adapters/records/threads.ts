import type { ThreadRecords } from '../../ports';
import { findRow, findRows, findRowsIn } from './database';
import type { Strapi } from './database';
import { loadContacts } from './links';
import { uids } from './names';
import { toMessage, toThreadSummary } from './read-models';
import type { ContactLinkRow, MessageRow, ThreadRow } from './rows';

export const createThreadRecords = (strapi: Strapi): ThreadRecords => ({
  listOfContact: async ({ contactType, documentId }, { start, limit }) => {
    const where = { contactType, contactDocumentId: documentId };
    const total = await strapi.db.query(uids.contactLink).count({ where });
    const links = await findRows<ContactLinkRow>(strapi, uids.contactLink, {
      where,
      orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }],
      offset: start,
      limit,
    });
    const wanted = links.map(({ threadDocumentId }) => threadDocumentId);
    const rows = await findRowsIn<ThreadRow>(strapi, uids.thread, 'documentId', wanted);
    const rowOf = new Map(rows.map((row) => [row.documentId, row]));
    const threads = wanted.flatMap((threadDocumentId) => {
      const row = rowOf.get(threadDocumentId);
      return row ? [toThreadSummary(row)] : [];
    });
    return { threads, total };
  },

  read: async (documentId) => {
    const row = await findRow<ThreadRow>(strapi, uids.thread, {
      where: { documentId },
      populate: { inbox: { select: ['documentId'] } },
    });
    if (!row) return null;
    const messages = await findRows<MessageRow>(strapi, uids.message, {
      where: { thread: row.id },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
      populate: { attachments: true },
    });
    const contacts = await loadContacts(strapi, [documentId]);
    return {
      ...toThreadSummary(row),
      inboxDocumentId: row.inbox?.documentId ?? '',
      continuesDocumentId: row.continuesDocumentId,
      contacts: contacts.get(documentId) ?? [],
      messages: messages.map((message) => toMessage(message, documentId)),
    };
  },

  contactsOf: async (documentId) => (await loadContacts(strapi, [documentId])).get(documentId) ?? [],
});
