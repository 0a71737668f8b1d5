import { isOfTeam } from '../../../domain/logging/outsiders';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { shortHash } from '../base/hashes';
import { tables, uids } from '../base/names';
import type { AddressRow, ContactLinkRow, ParticipantRow } from '../base/rows';
import { storable } from '../base/storable';
import { loadTeam } from './load-team';

export const addressHash = (normalisedAddress: string): string => shortHash(normalisedAddress);

/** An address on a thread. */
export interface Participation {
  threadDocumentId: string;
  address: string;
}

/** Records who took part, each once. */
export const addParticipants = async (
  strapi: Strapi,
  participations: readonly Participation[]
): Promise<void> => {
  const wanted = new Map(
    participations.map((one) => [participantKey(toParticipant(one)), toParticipant(one)])
  );
  const threads = participations.map(({ threadDocumentId }) => threadDocumentId);
  const known = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', threads);
  for (const row of known) wanted.delete(participantKey(row));
  await insertRows(
    strapi,
    uids.participant,
    [...wanted.values()].map((row) => ({ ...row }))
  );
};

const toParticipant = ({ threadDocumentId, address }: Participation): ParticipantRow => ({
  threadDocumentId,
  addressHash: addressHash(address),
  address: storable(address),
});

const participantKey = ({ threadDocumentId, addressHash: hash }: ParticipantRow): string =>
  `${threadDocumentId} ${hash}`;

/**
 * The links between threads and the contacts of their participants: every contact with such an address (S25), but
 * never through an address of our own team (P8).
 */
export const linksOfParticipants = async (
  strapi: Strapi,
  participations: readonly Participation[]
): Promise<ContactLinkRow[]> => {
  const team = await loadTeam(strapi);
  const threadsOf = new Map<string, Set<string>>();
  for (const { address, threadDocumentId } of participations) {
    if (isOfTeam(address, team)) continue;
    const hash = addressHash(address);
    threadsOf.set(hash, (threadsOf.get(hash) ?? new Set()).add(threadDocumentId));
  }
  const carriers = await findRowsIn<AddressRow>(strapi, uids.addressIndex, 'addressHash', [
    ...threadsOf.keys(),
  ]);
  return carriers.flatMap(({ addressHash: hash, contactType, contactDocumentId }) =>
    [...(threadsOf.get(hash) ?? [])].map((threadDocumentId) => ({
      threadDocumentId,
      contactType,
      contactDocumentId,
    }))
  );
};

/**
 * A thread that split off another under a new subject is linked to the same contacts, whoever wrote its first message
 * (c38, c41).
 */
export const linksOfContinued = async (
  strapi: Strapi,
  splits: readonly { threadDocumentId: string; continuesDocumentId: string }[]
): Promise<ContactLinkRow[]> => {
  const links = await loadLinks(
    strapi,
    splits.map(({ continuesDocumentId }) => continuesDocumentId)
  );
  return splits.flatMap(({ threadDocumentId, continuesDocumentId }) =>
    links
      .filter((link) => link.threadDocumentId === continuesDocumentId)
      .map(({ contactType, contactDocumentId }) => ({ threadDocumentId, contactType, contactDocumentId }))
  );
};

/** Adds missing links, and updates the time of all links of these threads. */
export const addLinks = async (
  writer: Writer,
  threadDocumentIds: readonly string[],
  links: readonly ContactLinkRow[]
): Promise<void> => {
  const known = await loadLinks(writer.strapi, threadDocumentIds);
  const wanted = new Map(links.map((link) => [linkKey(link), link]));
  for (const link of known) wanted.delete(linkKey(link));
  await insertRows(
    writer.strapi,
    uids.contactLink,
    [...wanted.values()].map((link) => ({ ...link }))
  );
  await stampLinks(writer, threadDocumentIds);
};

const linkKey = (link: ContactLinkRow): string =>
  `${link.threadDocumentId} ${link.contactType} ${link.contactDocumentId}`;

const loadLinks = (strapi: Strapi, threadDocumentIds: readonly string[]): Promise<ContactLinkRow[]> =>
  findRowsIn<ContactLinkRow>(strapi, uids.contactLink, 'threadDocumentId', threadDocumentIds, {
    orderBy: { id: 'asc' },
  });

/** The contacts of each thread, in the order in which they were linked. */
export const loadContacts = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, LinkedContact[]>> => {
  const contacts = new Map<string, LinkedContact[]>(threadDocumentIds.map((documentId) => [documentId, []]));
  for (const { threadDocumentId, contactType, contactDocumentId } of await loadLinks(
    strapi,
    threadDocumentIds
  )) {
    contacts.get(threadDocumentId)?.push({ contactType, documentId: contactDocumentId });
  }
  return contacts;
};

const STAMPED_AT_ONCE = 500;

/** Copies the threads' times to their links, by which a contact's page is sorted. */
const stampLinks = async (writer: Writer, threadDocumentIds: readonly string[]): Promise<void> => {
  for (let start = 0; start < threadDocumentIds.length; start += STAMPED_AT_ONCE) {
    const lastMessageAt = writer
      .table(tables.thread)
      .select('last_message_at')
      .where('document_id', writer.strapi.db.connection.ref(`${tables.contactLink}.thread_document_id`))
      .limit(1);
    await writer
      .table(tables.contactLink)
      .whereIn('thread_document_id', threadDocumentIds.slice(start, start + STAMPED_AT_ONCE))
      .update({ last_message_at: lastMessageAt });
  }
};
