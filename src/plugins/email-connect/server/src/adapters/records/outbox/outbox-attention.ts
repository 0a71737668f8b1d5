import { toldOf, unsentStages } from '../../../domain/outgoing/stage';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import type { AttentionEntry } from '../../../ports';
import { nowMs } from '../base/instants';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readOutboxStage } from '../base/enumerations';
import { tables, uids } from '../base/names';
import type { MessageRow } from '../base/rows';

const AT_MOST = 50;
const REFUSED_FOR_MS = 7 * 24 * 60 * 60 * 1000;
const REFUSED = 'refused' satisfies OutgoingStage;

interface FoundRow {
  message_document_id: string;
  thread_document_id: string;
  stage: string;
  queued_at: string | number;
}

/** In two statements. Leaves out mail whose message was removed while it was on its way (S21). */
export const listAttention = async (strapi: Strapi, inboxDocumentId: string): Promise<AttentionEntry[]> => {
  const rows: FoundRow[] = await strapi.db
    .getConnection(tables.outbox)
    .where({ inbox_document_id: inboxDocumentId })
    .andWhere(
      (shown) =>
        void shown
          .whereIn('stage', [...unsentStages])
          .orWhere(
            (refused) =>
              void refused
                .where({ stage: REFUSED })
                .whereRaw(`queued_at >= ${nowMs(strapi)} - ?`, [REFUSED_FOR_MS])
          )
    )
    .orderByRaw('case when stage = ? then 1 else 0 end', [REFUSED])
    .orderBy([
      { column: 'queued_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(AT_MOST)
    .select('message_document_id', 'thread_document_id', 'stage', 'queued_at');
  const messages = await findRowsIn<Pick<MessageRow, 'documentId' | 'subject' | 'to' | 'failureMessage'>>(
    strapi,
    uids.message,
    'documentId',
    rows.map((row) => row.message_document_id),
    { select: ['documentId', 'subject', 'to', 'failureMessage'] }
  );
  const messageOf = new Map(messages.map((message) => [message.documentId, message]));
  return rows
    .sort((one, other) => Number(other.queued_at) - Number(one.queued_at))
    .flatMap((row) => {
      const message = messageOf.get(row.message_document_id);
      return message ? [toAttention(row, message)] : [];
    });
};

const toAttention = (
  row: FoundRow,
  {
    documentId,
    subject,
    to,
    failureMessage,
  }: Pick<MessageRow, 'documentId' | 'subject' | 'to' | 'failureMessage'>
): AttentionEntry => ({
  messageDocumentId: documentId,
  threadDocumentId: row.thread_document_id,
  subject,
  to,
  deliveryStatus: toldOf(readOutboxStage(row.stage)),
  failureMessage: failureMessage ?? '',
  queuedAt: new Date(Number(row.queued_at)).toISOString(),
});
