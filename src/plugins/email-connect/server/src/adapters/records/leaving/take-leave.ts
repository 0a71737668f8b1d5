import { standAnywhere } from '../../../domain/access/leaving';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { inParts } from '../base/in-parts';
import { deleteRows, rowIdsOf } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import { loadLeft } from './left-messages';
import { lockThreads } from '../mail/lock-threads';

/** `LeavingRecords.takeLeave`, within a transaction of the caller. */
export const takeLeave = async (
  writer: Writer,
  { contactType, documentId }: LinkedContact,
  threadDocumentIds: readonly string[],
  at: Date
): Promise<string[]> => {
  const { strapi } = writer;
  await lockThreads(writer, threadDocumentIds);
  await deleteRows(strapi, uids.messageRecord, { contactType, contactDocumentId: documentId });
  const threads = await rowIdsOf(strapi, uids.thread, threadDocumentIds, { state: 'open' });
  const { messages, carriers } = await loadLeft(strapi, 'thread', [...threads.values()]);
  const left = [...threads.keys()].filter(
    (thread) =>
      !standAnywhere(
        messages.filter(({ threadDocumentId }) => threadDocumentId === thread),
        carriers
      )
  );
  for (const some of inParts(left)) {
    await writer
      .table(tables.thread)
      .whereIn('document_id', some)
      .where({ state: 'open' })
      .update({ state: 'muted', updated_at: at });
  }
  return left;
};
