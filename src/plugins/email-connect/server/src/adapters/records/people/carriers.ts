import { isOfTeam } from '../../../domain/logging/outsiders';
import { countingFor, nobody } from '../../../domain/access/sight';
import type { Caller, Carrier, ThreadCarriers } from '../../../domain/access/sight';
import { recordKey } from '../../../domain/access/standing';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { inParts } from '../base/in-parts';
import { joined } from '../base/joined';
import { findRowsIn, rowIdsOf } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import type { AddressRow, MessageAddressRow, MessageRecordRow } from '../base/rows';
import { loadTeam } from './load-team';

/**
 * The records that carry one of these addresses, in the order in which they got it; never through an address of ours
 * (P8).
 */
export const carriersOf = async (strapi: Strapi, addressHashes: readonly string[]): Promise<Carrier[]> => {
  if (addressHashes.length === 0) return [];
  const team = await loadTeam(strapi);
  const rows = await findRowsIn<AddressRow>(strapi, uids.addressIndex, 'addressHash', addressHashes, {
    orderBy: { id: 'asc' },
  });
  return rows
    .filter(({ address }) => !isOfTeam(address, team))
    .map(({ addressHash, contactType, contactDocumentId, counts }) => ({
      addressHash,
      contactType,
      documentId: contactDocumentId,
      counts,
    }));
};

/** Those on which the address counts for everybody (S41). */
export const countingCarriersOf = async (
  strapi: Strapi,
  addressHashes: readonly string[]
): Promise<Carrier[]> => countingFor(nobody, await carriersOf(strapi, addressHashes));

/** The addresses by which mail stands on a record for this caller (S41). */
export const hashesOfRecord = async (
  strapi: Strapi,
  { contactType, documentId }: LinkedContact,
  caller: Pick<Caller, 'readsAll'> = nobody
): Promise<string[]> => {
  const [team, rows] = await Promise.all([
    loadTeam(strapi),
    findRowsIn<AddressRow>(strapi, uids.addressIndex, 'contactDocumentId', [documentId], {
      where: { contactType },
    }),
  ]);
  return rows
    .filter(({ address, counts }) => (counts || caller.readsAll) && !isOfTeam(address, team))
    .map(({ addressHash }) => addressHash);
};

/**
 * The records that carry an address by which a message of the thread stands, and those on which its messages stand
 * without an address of theirs.
 */
export const loadPeople = async (strapi: Strapi, threadId: number): Promise<ThreadCarriers> => {
  const written = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'threadId', [threadId], {
    orderBy: { id: 'asc' },
  });
  const standing = await addressesIn(strapi, [threadId]);
  return {
    carriers: await carriersOf(
      strapi,
      standing.map(({ addressHash }) => addressHash)
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
  const written = await recordRowsOf(strapi, 'threadId', ids);
  return byDocument(
    strapi,
    ids,
    written.map((row) => ({ id: row.threadId, record: toRecord(row) })),
    await addressesIn(strapi, [...ids.values()])
  );
};

/**
 * Each address once by which any message of these threads stands: also those that an answer speaks for (w8), whose
 * people take no part in a conversation that it begins.
 */
const addressesIn = async (
  strapi: Strapi,
  threadIds: readonly number[]
): Promise<{ id: number; addressHash: string }[]> => {
  const found: { id: number; addressHash: string }[] = [];
  for (const some of inParts(threadIds)) {
    const rows = await joined<{ thread_id: number; address_hash: string }>(
      strapi,
      strapi.db
        .getConnection(tables.messageAddress)
        .whereIn('thread_id', some)
        .distinct('thread_id', 'address_hash')
    );
    found.push(...rows.map(({ thread_id: id, address_hash: addressHash }) => ({ id, addressHash })));
  }
  return found;
};

/** The records on which each of these messages stands, by documentId. */
export const recordsOfMessages = async (
  strapi: Strapi,
  messageDocumentIds: readonly string[]
): Promise<Map<string, LinkedContact[]>> => {
  const ids = await rowIdsOf(strapi, uids.message, messageDocumentIds);
  const written = await recordRowsOf(strapi, 'messageId', ids);
  const named = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'messageId', [
    ...ids.values(),
  ]);
  return byDocument(
    strapi,
    ids,
    written.map((row) => ({ id: row.messageId, record: toRecord(row) })),
    named.map(({ messageId, addressHash }) => ({ id: messageId, addressHash }))
  );
};

const recordRowsOf = (
  strapi: Strapi,
  column: 'threadId' | 'messageId',
  ids: ReadonlyMap<string, number>
): Promise<MessageRecordRow[]> =>
  findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, column, [...ids.values()], {
    orderBy: { id: 'asc' },
  });

/** For each thing by its row id: the records that were written down for it, then those that carry its addresses. */
const byDocument = async (
  strapi: Strapi,
  ids: ReadonlyMap<string, number>,
  written: readonly { id: number; record: LinkedContact }[],
  named: readonly { id: number; addressHash: string }[]
): Promise<Map<string, LinkedContact[]>> => {
  const found = new Map([...ids.values()].map((id) => [id, new Map<string, LinkedContact>()]));
  for (const { id, record } of written) found.get(id)?.set(recordKey(record), record);
  const idsOf = new Map<string, number[]>();
  for (const { id, addressHash } of named) idsOf.set(addressHash, [...(idsOf.get(addressHash) ?? []), id]);
  const carriers = await countingCarriersOf(strapi, [...idsOf.keys()]);
  for (const { addressHash, contactType, documentId } of carriers) {
    const record = { contactType, documentId };
    for (const id of idsOf.get(addressHash) ?? []) found.get(id)?.set(recordKey(record), record);
  }
  return new Map([...ids].map(([documentId, id]) => [documentId, [...(found.get(id)?.values() ?? [])]]));
};

export const toRecord = ({
  contactType,
  contactDocumentId,
}: Pick<MessageRecordRow, 'contactType' | 'contactDocumentId'>): LinkedContact => ({
  contactType,
  documentId: contactDocumentId,
});
