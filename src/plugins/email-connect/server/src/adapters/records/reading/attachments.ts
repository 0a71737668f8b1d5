import type { Attachment } from '../../../../../shared/contracts/attachment';
import type { AttachmentRecords } from '../../../ports';
import { aProgram } from '../../../domain/access/sight';
import { findRow, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { AttachmentRow } from '../base/rows';
import { toAttachment } from './read-models';
import { toldOnRecord } from './told-on-record';
import { rowsOf } from './visible-messages';

const withMessage = {
  message: { select: ['documentId', 'sentAt', 'fromAddress'] },
  thread: { select: ['documentId'] },
};

export const createAttachmentRecords = (strapi: Strapi): AttachmentRecords => ({
  load: async (documentId) => {
    const row = await findRow<AttachmentRow>(strapi, uids.attachment, {
      where: { documentId },
      populate: withMessage,
    });
    const [attachment] = row ? placed(row) : [];
    return attachment ? { ...attachment, storageKey: row?.storageKey ?? null } : null;
  },

  listOfContact: async (contact, { start, limit }, reader = aProgram) => {
    const { full } = await toldOnRecord(strapi, contact, reader);
    const files = () =>
      strapi.db
        .getConnection(tables.attachment)
        .where({ disposition: 'attachment' })
        .whereIn('message_id', rowsOf(strapi, full).select('message_id'));
    const [counted]: { total: number | string }[] = await files().count({ total: '*' });
    const page: { id: number }[] = await files()
      .select('id')
      .orderBy([
        { column: 'received_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .offset(start);
    const ids = page.map(({ id }) => id);
    const rows = await findRowsIn<AttachmentRow>(strapi, uids.attachment, 'id', ids, {
      populate: withMessage,
    });
    const newestFirst = rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    return { attachments: newestFirst.flatMap(placed), total: Number(counted?.total ?? 0) };
  },
});

/** Nothing for a file whose message is gone. */
const placed = (row: AttachmentRow): Attachment[] =>
  row.message ? [toAttachment(row, { ...row.message, threadDocumentId: row.thread?.documentId ?? '' })] : [];
