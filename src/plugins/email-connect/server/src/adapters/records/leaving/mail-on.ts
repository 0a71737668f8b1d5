import { aloneOn } from '../../../domain/access/leaving';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { LeavingMail } from '../../../ports';
import { findRows, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow, MessageRecordRow } from '../base/rows';
import { hashesOfRecord } from '../people/carriers';
import { loadLeft } from './left-messages';

/** `LeavingRecords.mailOn`. By the query engine: a deletion in bulk asks it within a transaction of Strapi's. */
export const mailOn = async (strapi: Strapi, contact: LinkedContact): Promise<LeavingMail> => {
  const { contactType, documentId: contactDocumentId } = contact;
  const hashes = await hashesOfRecord(strapi, contact);
  const select = ['messageId'];
  const byAddress = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'addressHash', hashes, {
    select,
  });
  const where = { contactType, contactDocumentId };
  const chosen = await findRows<MessageRecordRow>(strapi, uids.messageRecord, { where, select });
  const ids = [...byAddress, ...chosen].map(({ messageId }) => messageId);
  const { messages, carriers } = await loadLeft(strapi, 'id', ids);
  return {
    threads: [...new Set(messages.map(({ threadDocumentId }) => threadDocumentId))],
    messages: messages.map(({ documentId }) => documentId),
    alone: aloneOn(contact, messages, carriers).map(({ documentId, addressHashes, records, holdings }) => ({
      documentId,
      addressHashes,
      records,
      holdings,
    })),
    people: { carriers, records: messages.flatMap(({ records }) => records) },
  };
};
