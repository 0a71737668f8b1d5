import { normalizeAddress } from '../../../domain/address/address';
import { isOfTeam } from '../../../domain/logging/outsiders';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { ContactRecords } from '../../../ports';
import { findRows, findRowsIn, insertRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import type { AddressRow, ParticipantRow } from '../base/rows';
import { storable } from '../base/storable';
import { contactTypesOf, populateOf, toContact } from './contact-types';
import type { ContactType, KnownContact } from './contact-types';
import { addLinks, addressHash } from './links';
import { loadTeam } from './load-team';
import { contactsStandingOn } from './standing';

export const createContactRecords = (strapi: Strapi): ContactRecords => ({
  load: async (contact) => {
    const known = await loadContact(strapi, contact);
    return known && { name: known.name, addresses: known.addresses };
  },

  findByAddresses: async (addresses) => {
    const addressOf = new Map(addresses.map((address) => [addressHash(address), address]));
    const rows = await findRowsIn<AddressRow>(
      strapi,
      uids.addressIndex,
      'addressHash',
      [...addressOf.keys()],
      { orderBy: { id: 'asc' } }
    );
    const contacts = new Map<string, LinkedContact[]>();
    for (const { addressHash: hash, contactType, contactDocumentId } of rows) {
      const address = addressOf.get(hash);
      if (address === undefined) continue;
      contacts.set(address, [
        ...(contacts.get(address) ?? []),
        { contactType, documentId: contactDocumentId },
      ]);
    }
    return contacts;
  },

  standingOn: (mail) => contactsStandingOn(strapi, mail),

  index: async (contact) => {
    const known = await loadContact(strapi, contact);
    await inTransaction(strapi, (writer) =>
      indexContacts(writer, contact.contactType, [known ?? { ...contact, name: '', addresses: [] }])
    );
  },

  rebuildIndex: async () => {
    const store = strapi.store({ type: 'plugin', name: 'email-connect', key: 'address-index' });
    const stored: unknown = await store.get({});
    const built = new Map(Object.entries(stored ?? {}).map(([uid, fields]) => [uid, String(fields)]));
    for (const type of contactTypesOf(strapi)) {
      const fields = type.addressFields.join(' ');
      if (built.get(type.uid) === fields) continue;
      await rebuildType(strapi, type);
      built.set(type.uid, fields);
      await store.set({ value: Object.fromEntries(built) });
    }
  },
});

const loadContact = async (strapi: Strapi, contact: LinkedContact): Promise<KnownContact | null> => {
  const type = contactTypesOf(strapi).find(({ uid }) => uid === contact.contactType);
  if (!type) return null;
  const rows = await findRows<Record<string, unknown>>(strapi, type.uid, {
    where: { documentId: contact.documentId },
    populate: populateOf(strapi, type),
    orderBy: { id: 'asc' },
  });
  return toContact(type, contact.documentId, rows);
};

const CONTACTS_AT_ONCE = 500;

/** Page by page, by documentId: the draft, the published row and the languages of one record come together. */
const rebuildType = async (strapi: Strapi, type: ContactType): Promise<void> => {
  for (let after = ''; ;) {
    const page = await findRows<{ documentId: string }>(strapi, type.uid, {
      select: ['documentId'],
      where: { documentId: { $gt: after } },
      orderBy: { documentId: 'asc' },
      limit: CONTACTS_AT_ONCE,
    });
    const last = page.at(-1);
    if (!last) return;
    const rows = await findRowsIn<Record<string, unknown>>(
      strapi,
      type.uid,
      'documentId',
      page.map(({ documentId }) => documentId),
      {
        populate: populateOf(strapi, type),
        orderBy: { id: 'asc' },
      }
    );
    const contacts = [...groupByDocument(rows)].flatMap(
      ([documentId, versions]) => toContact(type, documentId, versions) ?? []
    );
    await inTransaction(strapi, (writer) => indexContacts(writer, type.uid, contacts));
    after = last.documentId;
  }
};

const groupByDocument = (
  rows: readonly Record<string, unknown>[]
): Map<string, Record<string, unknown>[]> => {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    const documentId = String(row.documentId);
    groups.set(documentId, [...(groups.get(documentId) ?? []), row]);
  }
  return groups;
};

/**
 * Replaces the indexed addresses of these records, and links the records to the threads in which the addresses took
 * part (P7).
 */
const indexContacts = async (
  writer: Writer,
  contactType: string,
  contacts: readonly KnownContact[]
): Promise<void> => {
  const { strapi } = writer;
  const documentIds = contacts.map(({ documentId }) => documentId);
  if (documentIds.length === 0) return;
  await strapi.db
    .query(uids.addressIndex)
    .deleteMany({ where: { contactType, contactDocumentId: { $in: documentIds } } });
  const rows = contacts.flatMap(({ documentId, addresses }) =>
    [...new Set(addresses.map(normalizeAddress))].map((address) => ({
      addressHash: addressHash(address),
      address: storable(address),
      contactType,
      contactDocumentId: documentId,
    }))
  );
  await insertRows(strapi, uids.addressIndex, rows);
  await linkToThreads(writer, rows);
};

const linkToThreads = async (writer: Writer, rows: readonly AddressRow[]): Promise<void> => {
  const { strapi } = writer;
  const team = await loadTeam(strapi);
  const hashes = rows.filter(({ address }) => !isOfTeam(address, team)).map((row) => row.addressHash);
  const participants = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'addressHash', hashes);
  if (participants.length === 0) return;
  const threadsOf = new Map<string, string[]>();
  for (const { addressHash: hash, threadDocumentId } of participants) {
    threadsOf.set(hash, [...(threadsOf.get(hash) ?? []), threadDocumentId]);
  }
  const links = rows.flatMap(({ addressHash: hash, contactType, contactDocumentId }) =>
    (threadsOf.get(hash) ?? []).map((threadDocumentId) => ({
      threadDocumentId,
      contactType,
      contactDocumentId,
    }))
  );
  await addLinks(writer, [...new Set(participants.map(({ threadDocumentId }) => threadDocumentId))], links);
};
