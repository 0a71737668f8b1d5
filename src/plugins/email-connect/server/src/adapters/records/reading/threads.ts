import { aProgram, nobody, recordsOf } from '../../../domain/access/sight';
import type { ThreadRecords } from '../../../ports';
import { findRow, findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readDirection, readThreadState } from '../base/enumerations';
import { loadPeople, recordsOfMessages } from '../people/carriers';
import { uids } from '../base/names';
import type { ThreadRow } from '../base/rows';
import { newestIn, pageOfThreads } from './page-of-threads';
import { threadMessages } from './thread-messages';
import { summarise } from './thread-summaries';
import { toldContacts } from './told-contacts';
import { toldOnRecord } from './told-on-record';
import { visibleIn } from './visible-messages';

const MOST_CONTINUING = 20;

export const createThreadRecords = (strapi: Strapi): ThreadRecords => ({
  listOfContact: async (contact, page, reader = aProgram) => {
    const told = await toldOnRecord(strapi, contact, reader);
    const { newest, since, total } = await pageOfThreads(strapi, told.facts, page, told.recently);
    const [threads, count] = await Promise.all([summarise(strapi, told, newest, since), total()]);
    return { threads, total: count };
  },

  summary: async (documentId, sight = 'everything') => {
    const row = await findRow<ThreadRow>(strapi, uids.thread, {
      where: { documentId },
      populate: { inbox: { select: ['documentId'] } },
    });
    if (!row) return null;
    const visible = await visibleIn(strapi, row.id, sight);
    const [seen] = await summarise(strapi, visible, await newestIn(strapi, visible.facts, [row.id]));
    if (!seen && sight !== 'everything') return null;
    return {
      ...(seen ?? emptied(row)),
      inboxDocumentId: row.inbox?.documentId ?? '',
      continuesDocumentId: row.continuesDocumentId,
      contacts:
        sight === 'everything'
          ? recordsOf(await loadPeople(strapi, row.id), nobody)
          : await toldContacts(strapi, row.id, visible, sight),
    };
  },

  continuing: async (documentId) => {
    const rows = await findRows<Pick<ThreadRow, 'documentId'>>(strapi, uids.thread, {
      where: { continuesDocumentId: documentId },
      select: ['documentId'],
      orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }],
      limit: MOST_CONTINUING,
    });
    return rows.map((row) => row.documentId);
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
