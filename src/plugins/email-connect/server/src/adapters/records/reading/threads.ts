import type { ThreadRecords } from '../../../ports';
import { threadSending } from '../../../domain/outgoing/thread-sending';
import type { ThreadSending } from '../../../domain/outgoing/thread-sending';
import { findRow, findRows, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readDeliveryStatus } from '../base/enumerations';
import { loadContacts } from '../people/links';
import { uids } from '../base/names';
import type { ContactLinkRow, MessageRow, ThreadRow } from '../base/rows';
import { toThreadSummary } from './read-models';
import { threadMessages } from './thread-messages';

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
    const sending = await loadSending(strapi, rows);
    const threads = wanted.flatMap((threadDocumentId) => {
      const row = rowOf.get(threadDocumentId);
      return row ? [toThreadSummary(row, sending.get(row.id) ?? null)] : [];
    });
    return { threads, total };
  },

  summary: async (documentId) => {
    const row = await findRow<ThreadRow>(strapi, uids.thread, {
      where: { documentId },
      populate: { inbox: { select: ['documentId'] } },
    });
    if (!row) return null;
    const contacts = await loadContacts(strapi, [documentId]);
    const sending = await loadSending(strapi, [row]);
    return {
      ...toThreadSummary(row, sending.get(row.id) ?? null),
      inboxDocumentId: row.inbox?.documentId ?? '',
      continuesDocumentId: row.continuesDocumentId,
      contacts: contacts.get(documentId) ?? [],
    };
  },

  contactsOf: async (documentId) => (await loadContacts(strapi, [documentId])).get(documentId) ?? [],

  ...threadMessages(strapi),
});

type SentRow = Pick<MessageRow, 'deliveryStatus' | 'receivedAt'> & { thread?: { id: number } | null };

/** The state of sending in each of these threads, by row id: one query for all of them. */
const loadSending = async (
  strapi: Strapi,
  threads: readonly ThreadRow[]
): Promise<Map<number, ThreadSending | null>> => {
  const ids = threads.map(({ id }) => id);
  const mails = await findRowsIn<SentRow>(strapi, uids.message, 'thread', ids, {
    select: ['deliveryStatus', 'receivedAt'],
    where: { deliveryStatus: { $in: NOT_SIMPLY_SENT } },
    populate: { thread: { select: ['id'] } },
  });
  return new Map(
    threads.map(({ id, lastMessageAt }) => [
      id,
      threadSending(
        mails
          .filter(({ thread }) => thread?.id === id)
          .flatMap(({ deliveryStatus, receivedAt }) => {
            const told = readDeliveryStatus(deliveryStatus);
            return told ? [{ deliveryStatus: told, isNewest: receivedAt === lastMessageAt }] : [];
          })
      ),
    ])
  );
};

const NOT_SIMPLY_SENT = ['asked', 'held', 'unknown', 'queued', 'failed', 'bounced'] satisfies ThreadSending[];
