import type { PartialSight } from '../../../domain/access/sight';
import { recordKey } from '../../../domain/access/standing';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { Strapi } from '../base/strapi';
import { tables } from '../base/names';
import { rowsOf } from './visible-messages';
import type { Told } from './visible-messages';

/**
 * The records that a caller may read on which messages of a thread stand that they are told of: on which another one
 * stands would tell of that one (S42).
 */
export const toldContacts = async (
  strapi: Strapi,
  threadId: number,
  { facts, hidesSome }: Told,
  { contacts }: Pick<PartialSight, 'contacts'>
): Promise<LinkedContact[]> => {
  const plain = contacts.map(({ contactType, documentId }) => ({ contactType, documentId }));
  if (!hidesSome) return plain;
  const among = (name: string) =>
    strapi.db
      .getConnection(name)
      .where({ thread_id: threadId })
      .whereIn('message_id', rowsOf(strapi, facts).select('message_id'));
  const named: { address_hash: string }[] = await among(tables.messageAddress).distinct('address_hash');
  const chosen: { contact_type: string; contact_document_id: string }[] = await among(
    tables.messageRecord
  ).distinct('contact_type', 'contact_document_id');
  const hashes = new Set(named.map(({ address_hash: hash }) => hash));
  const records = new Set(
    chosen.map((row) => recordKey({ contactType: row.contact_type, documentId: row.contact_document_id }))
  );
  return plain.filter(
    (contact, i) =>
      records.has(recordKey(contact)) || contacts[i]?.addressHashes.some((hash) => hashes.has(hash))
  );
};
