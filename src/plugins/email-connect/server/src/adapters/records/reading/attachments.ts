import type { Attachment } from '../../../../../shared/contracts/attachment';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { AttachmentRecords } from '../../../ports';
import { findRow, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { AttachmentRow } from '../base/rows';
import { toAttachment } from './read-models';

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

  listOfContact: async (contact, { start, limit }) => {
    const [counted] = await filesOf(strapi, contact).count({ total: '*' });
    const page: { id: number }[] = await filesOf(strapi, contact)
      .select('file.id')
      .orderBy([
        { column: 'file.received_at', order: 'desc' },
        { column: 'file.id', order: 'desc' },
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

/** Joined from the contact's links, so that the cost depends on the contact's mail, not the site's. */
const filesOf = (strapi: Strapi, { contactType, documentId }: LinkedContact) =>
  strapi.db
    .getConnection(`${tables.contactLink} as link`)
    .join(`${tables.thread} as thread`, 'thread.document_id', 'link.thread_document_id')
    .join(`${tables.attachment} as file`, 'file.thread_id', 'thread.id')
    .where({
      'link.contact_type': contactType,
      'link.contact_document_id': documentId,
      'file.disposition': 'attachment',
    });

/** Nothing for a file whose message is gone. */
const placed = (row: AttachmentRow): Attachment[] =>
  row.message ? [toAttachment(row, { ...row.message, threadDocumentId: row.thread?.documentId ?? '' })] : [];
