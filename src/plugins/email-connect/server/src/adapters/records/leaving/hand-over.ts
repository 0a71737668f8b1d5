import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageRecordRow } from '../base/rows';

interface MessageToHand {
  id: number;
  receivedAt: string;
  thread: { id: number } | null;
}

/** `LeavingRecords.handOver`, within a transaction of the caller. */
export const handOver = async (
  strapi: Strapi,
  messageDocumentIds: readonly string[],
  { contactType, documentId }: LinkedContact
): Promise<number> => {
  const messages = await findRowsIn<MessageToHand>(strapi, uids.message, 'documentId', messageDocumentIds, {
    select: ['id', 'receivedAt'],
    populate: { thread: { select: ['id'] } },
  });
  const ids = messages.map(({ id }) => id);
  const rows = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'messageId', ids, {
    where: { contactType, contactDocumentId: documentId },
  });
  const there = new Set(rows.map(({ messageId }) => messageId));
  const handed = messages.filter(({ id, thread }) => thread !== null && !there.has(id));
  await insertRows(
    strapi,
    uids.messageRecord,
    handed.map(({ id, receivedAt, thread }) => ({
      messageId: id,
      threadId: thread?.id,
      contactType,
      contactDocumentId: documentId,
      standsIn: true,
      receivedAt,
    }))
  );
  return handed.length;
};
