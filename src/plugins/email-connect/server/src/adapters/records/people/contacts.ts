import { normalizeAddress } from '../../../domain/address/address';
import { recordKey } from '../../../domain/access/standing';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { ContactRecords } from '../../../ports';
import { deleteFound, findRow, findRows, findRowsIn, insertRows, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import type { AddressRow } from '../base/rows';
import { storable } from '../base/storable';
import { contactTypesOf, groupByDocument, populateOf, toContact } from './contact-types';
import type { ContactType, KnownContact } from './contact-types';
import { addressHash } from './address-hash';
import { judgeEarlier } from './judge-earlier';
import { loadTeam } from './load-team';
import { openedBy } from './opened-by';
import { unconfirmedOf, unconfirmedPage } from './unconfirmed';

export const createContactRecords = (strapi: Strapi): ContactRecords => ({
  load: async (contact) => {
    const known = await loadContact(strapi, contact);
    return known && { name: known.name, addresses: known.addresses };
  },

  index: async (contact, mayVouch) => {
    const known = (await loadContact(strapi, contact)) ?? { ...contact, name: '', addresses: [] };
    const rows = await rowsOf(strapi, contact.contactType, [known]);
    const vouched = new Set<string>();
    for (const row of rowsToAdd([known], rows)) {
      if (await mayVouch(row.address)) vouched.add(row.addressHash);
    }
    await inTransaction(strapi, (writer) => indexContacts(writer, contact.contactType, [known], vouched));
  },

  unconfirmed: (contact) => unconfirmedOf(strapi, contact),

  unconfirmedPage: (page) => unconfirmedPage(strapi, page),

  openedBy: (address, userDocumentId) => openedBy(strapi, address, userDocumentId),

  teamFacts: async (address) => {
    const where = { addressHash: addressHash(normalizeAddress(address)) };
    const carrier = await findRow<AddressRow>(strapi, uids.addressIndex, { where });
    return { team: await loadTeam(strapi), isOnContact: carrier !== null };
  },

  confirm: async ({ contactType, documentId }, address) => {
    const where = { contactType, contactDocumentId: documentId, addressHash: addressHash(address) };
    return (await updateRows(strapi, uids.addressIndex, where, { counts: true })) > 0;
  },

  rebuildIndex: async () => {
    const store = strapi.store({ type: 'plugin', name: 'email-connect', key: 'address-index' });
    const stored: unknown = await store.get({});
    const built = new Map(Object.entries(stored ?? {}).map(([uid, fields]) => [uid, String(fields)]));
    const types = contactTypesOf(strapi).map((type) => ({ type, fields: type.addressFields.join(' ') }));
    const changed = types.filter(({ type, fields }) => built.get(type.uid) !== fields);
    for (const { type } of changed) await rebuildType(strapi, type);
    // Not before all are there: whether several records carry an address is asked of all types.
    if (changed.length > 0) await judgeEarlier(strapi);
    // Of these only: what is written while a type is none of contacts is not indexed.
    await store.set({ value: Object.fromEntries(types.map(({ type, fields }) => [type.uid, fields])) });
  },
});

/** Those whose records are there, each once: a message's record and a configured type may outlive it. */
export const contactsThatExist = async (
  strapi: Strapi,
  contacts: readonly LinkedContact[]
): Promise<LinkedContact[]> => {
  const there: LinkedContact[] = [];
  for (const { uid } of contactTypesOf(strapi)) {
    const documentIds = contacts
      .filter(({ contactType }) => contactType === uid)
      .map(({ documentId }) => documentId);
    const rows = await findRowsIn<{ documentId: string }>(strapi, uid, 'documentId', documentIds, {
      select: ['documentId'],
    });
    const found = new Set(rows.map(({ documentId }) => documentId));
    there.push(...[...found].map((documentId) => ({ contactType: uid, documentId })));
  }
  return there;
};

/** Those of configured types whose records are not there. */
export const contactsThatAreGone = async (
  strapi: Strapi,
  contacts: readonly LinkedContact[]
): Promise<LinkedContact[]> => {
  const types = new Set(contactTypesOf(strapi).map(({ uid }) => uid));
  const there = new Set((await contactsThatExist(strapi, contacts)).map(recordKey));
  return contacts.filter((contact) => types.has(contact.contactType) && !there.has(recordKey(contact)));
};

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
    await inTransaction(strapi, (writer) => indexContacts(writer, type.uid, contacts, null));
    after = last.documentId;
  }
};

type IndexedRow = AddressRow & { id: number };
type RowToAdd = Pick<AddressRow, 'addressHash' | 'address' | 'contactType' | 'contactDocumentId'>;

const rowsOf = (
  strapi: Strapi,
  contactType: string,
  contacts: readonly KnownContact[]
): Promise<IndexedRow[]> =>
  findRowsIn<IndexedRow>(
    strapi,
    uids.addressIndex,
    'contactDocumentId',
    contacts.map(({ documentId }) => documentId),
    { where: { contactType } }
  );

const rowKey = ({ contactDocumentId, addressHash: hash }: RowToAdd): string => `${contactDocumentId} ${hash}`;

/** Normalised, each once. */
const rowsFor = (contacts: readonly KnownContact[]): RowToAdd[] =>
  contacts.flatMap(({ contactType, documentId: contactDocumentId, addresses }) =>
    [...new Set(addresses.map(normalizeAddress))].map((address) => ({
      addressHash: addressHash(address),
      address: storable(address),
      contactType,
      contactDocumentId,
    }))
  );

const rowsToAdd = (contacts: readonly KnownContact[], rows: readonly IndexedRow[]): RowToAdd[] => {
  const kept = new Set(rows.map(rowKey));
  return rowsFor(contacts).filter((row) => !kept.has(rowKey(row)));
};

/**
 * Makes the index say which addresses these records carry; their mail, earlier mail too, stands on them by this (P7).
 * An address that a record carried before counts there as it did; of the others those count whose hashes are `vouched`
 * for (S41), null: they are judged afterwards.
 */
const indexContacts = async (
  { strapi }: Writer,
  contactType: string,
  contacts: readonly KnownContact[],
  vouched: ReadonlySet<string> | null
): Promise<void> => {
  const rows = await rowsOf(strapi, contactType, contacts);
  const carried = new Set(rowsFor(contacts).map(rowKey));
  await deleteFound(
    strapi,
    uids.addressIndex,
    rows.filter((row) => !carried.has(rowKey(row)))
  );
  await insertRows(
    strapi,
    uids.addressIndex,
    rowsToAdd(contacts, rows).map((row) => ({ ...row, counts: vouched && vouched.has(row.addressHash) }))
  );
};
