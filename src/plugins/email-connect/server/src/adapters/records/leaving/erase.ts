import { aloneOn } from '../../../domain/access/leaving';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import { removeMessage } from '../mail/remove-message';
import { unlogThread } from '../mail/unlog-thread';
import { loadLeft } from './left-messages';
import { lockThreads } from '../mail/lock-threads';

/**
 * `LeavingRecords.erase`, within a transaction of the caller. Whether they stand on another record is asked once more:
 * somebody may have written the address into one meanwhile.
 */
export const erase = async (
  writer: Writer,
  contact: LinkedContact,
  messageDocumentIds: readonly string[],
  at: Date
): Promise<number> => {
  const { strapi } = writer;
  const { messages, carriers } = await loadLeft(strapi, 'documentId', messageDocumentIds);
  const erased = aloneOn(contact, messages, carriers);
  const threads = [...new Set(erased.map(({ threadDocumentId }) => threadDocumentId))].sort();
  await lockThreads(writer, threads);
  for (const threadDocumentId of threads) {
    const some = erased.filter((message) => message.threadDocumentId === threadDocumentId);
    const all = await strapi.db
      .query(uids.message)
      .count({ where: { thread: { documentId: threadDocumentId } } });
    if (all === some.length) await unlogThread(writer, threadDocumentId, at);
    else for (const { documentId } of some) await removeMessage(writer, { documentId, threadDocumentId }, at);
  }
  return erased.length;
};
