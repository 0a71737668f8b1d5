import { nobody, recordsOf } from '../../../domain/access/sight';
import type { ThreadRecords } from '../../../ports';
import { findRow } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readDirection, readThreadState } from '../base/enumerations';
import { hashesOfRecord, loadPeople, recordsOfMessages } from '../people/carriers';
import { uids } from '../base/names';
import type { ThreadRow } from '../base/rows';
import { pageOfThreads } from './page-of-threads';
import { threadMessages } from './thread-messages';
import { summarise } from './thread-summaries';
import { standingOn, visibleIn } from './visible-messages';

export const createThreadRecords = (strapi: Strapi): ThreadRecords => ({
  listOfContact: async (contact, page, caller) => {
    const standing = standingOn(strapi, contact, await hashesOfRecord(strapi, contact, caller));
    const { newest, total } = await pageOfThreads(strapi, standing, page);
    return { threads: await summarise(strapi, standing, newest), total };
  },

  summary: async (documentId, sight = 'everything') => {
    const row = await findRow<ThreadRow>(strapi, uids.thread, {
      where: { documentId },
      populate: { inbox: { select: ['documentId'] } },
    });
    if (!row) return null;
    const visible = visibleIn(strapi, row.id, sight);
    const { newest } = await pageOfThreads(strapi, visible, { start: 0, limit: 1 });
    const [seen] = await summarise(strapi, visible, newest);
    if (!seen && sight !== 'everything') return null;
    return {
      ...(seen ?? emptied(row)),
      inboxDocumentId: row.inbox?.documentId ?? '',
      continuesDocumentId: row.continuesDocumentId,
      contacts: sight === 'everything' ? recordsOf(await loadPeople(strapi, row), nobody) : sight.contacts,
    };
  },

  contactsOf: async (documentId) => (await recordsOfMessages(strapi, [documentId])).get(documentId) ?? [],

  ...threadMessages(strapi),
});

const emptied = (row: ThreadRow) => ({
  documentId: row.documentId,
  subject: row.subject,
  state: readThreadState(row.state),
  lastMessageAt: row.lastMessageAt ?? new Date(0).toISOString(),
  lastDirection: readDirection(row.lastDirection ?? 'outgoing'),
  messageCount: 0,
  attachmentCount: 0,
  preview: '',
  lastFrom: '',
  sending: null,
});
