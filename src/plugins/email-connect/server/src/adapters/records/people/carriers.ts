import { isOfTeam } from '../../../domain/logging/outsiders';
import type { ThreadCarriers } from '../../../domain/access/sight';
import { recordKey } from '../../../domain/access/standing';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { findRowsIn, rowIdsOf } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AddressRow, MessageAddressRow, MessageRecordRow, ParticipantRow } from '../base/rows';
import { loadTeam } from './load-team';

/** A record that carries an address. */
export interface Carrier extends LinkedContact {
  addressHash: string;
}

/** The records that carry one of these addresses, in the order in which they got it; never through an address of ours (P8). */
export const carriersOf = async (strapi: Strapi, addressHashes: readonly string[]): Promise<Carrier[]> => {
  if (addressHashes.length === 0) return [];
  const team = await loadTeam(strapi);
  const rows = await findRowsIn<AddressRow>(strapi, uids.addressIndex, 'addressHash', addressHashes, {
    orderBy: { id: 'asc' },
  });
  return rows
    .filter(({ address }) => !isOfTeam(address, team))
    .map(({ addressHash, contactType, contactDocumentId }) => ({
      addressHash,
      contactType,
      documentId: contactDocumentId,
    }));
};

/** The addresses by which mail stands on a record. */
export const hashesOfRecord = async (
  strapi: Strapi,
  { contactType, documentId }: LinkedContact
): Promise<string[]> => {
  const team = await loadTeam(strapi);
  const rows = await findRowsIn<AddressRow>(strapi, uids.addressIndex, 'contactDocumentId', [documentId], {
    where: { contactType },
  });
  return rows.filter(({ address }) => !isOfTeam(address, team)).map(({ addressHash }) => addressHash);
};

/** Everybody who takes part in a thread, and the records on which its messages stand without an address of theirs. */
export const loadPeople = async (
  strapi: Strapi,
  thread: { id: number; documentId: string }
): Promise<ThreadCarriers> => {
  const written = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'threadId', [thread.id], {
    orderBy: { id: 'asc' },
  });
  const people = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', [
    thread.documentId,
  ]);
  return {
    carriers: await carriersOf(
      strapi,
      people.map(({ addressHash }) => addressHash)
    ),
    records: [...new Map(written.map(toRecord).map((record) => [recordKey(record), record])).values()],
  };
};

/** The records on which any message of each of these threads stands. */
export const loadContacts = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, LinkedContact[]>> => {
  const ids = await rowIdsOf(strapi, uids.thread, threadDocumentIds);
  const documentIdOf = new Map([...ids].map(([documentId, id]) => [id, documentId]));
  const found = new Map([...ids.keys()].map((documentId) => [documentId, new Map<string, LinkedContact>()]));
  const add = (thread: string, record: LinkedContact) => found.get(thread)?.set(recordKey(record), record);
  const written = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'threadId', [
    ...ids.values(),
  ]);
  for (const row of written) add(documentIdOf.get(row.threadId) ?? '', toRecord(row));
  const people = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', [
    ...ids.keys(),
  ]);
  const carriers = await carriersOf(
    strapi,
    people.map(({ addressHash }) => addressHash)
  );
  const carriersBy = new Map<string, Carrier[]>();
  for (const one of carriers)
    carriersBy.set(one.addressHash, [...(carriersBy.get(one.addressHash) ?? []), one]);
  for (const { threadDocumentId, addressHash } of people) {
    for (const { contactType, documentId } of carriersBy.get(addressHash) ?? []) {
      add(threadDocumentId, { contactType, documentId });
    }
  }
  return new Map([...found].map(([documentId, records]) => [documentId, [...records.values()]]));
};

/** The records on which each of these messages stands, by documentId. */
export const recordsOfMessages = async (
  strapi: Strapi,
  messageDocumentIds: readonly string[]
): Promise<Map<string, LinkedContact[]>> => {
  const ids = await rowIdsOf(strapi, uids.message, messageDocumentIds);
  const documentIdOf = new Map([...ids].map(([documentId, id]) => [id, documentId]));
  const found = new Map([...ids.keys()].map((documentId) => [documentId, new Map<string, LinkedContact>()]));
  const add = (messageId: number, record: LinkedContact) =>
    found.get(documentIdOf.get(messageId) ?? '')?.set(recordKey(record), record);
  const written = await findRowsIn<MessageRecordRow>(
    strapi,
    uids.messageRecord,
    'messageId',
    [...ids.values()],
    { orderBy: { id: 'asc' } }
  );
  for (const row of written) add(row.messageId, toRecord(row));
  const named = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'messageId', [
    ...ids.values(),
  ]);
  const messagesOf = new Map<string, number[]>();
  for (const { messageId, addressHash } of named) {
    messagesOf.set(addressHash, [...(messagesOf.get(addressHash) ?? []), messageId]);
  }
  for (const { addressHash, contactType, documentId } of await carriersOf(strapi, [...messagesOf.keys()])) {
    for (const messageId of messagesOf.get(addressHash) ?? []) add(messageId, { contactType, documentId });
  }
  return new Map([...found].map(([documentId, records]) => [documentId, [...records.values()]]));
};

const toRecord = ({ contactType, contactDocumentId }: MessageRecordRow): LinkedContact => ({
  contactType,
  documentId: contactDocumentId,
});
