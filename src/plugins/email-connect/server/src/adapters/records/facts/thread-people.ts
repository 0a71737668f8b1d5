import { isOfTeam } from '../../../domain/logging/outsiders';
import { recordKey } from '../../../domain/access/standing';
import type { Company, EarlierMessage } from '../../../domain/message/newcomer';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { readDirection, readMarks } from '../base/enumerations';
import { findRows, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AddressRow, MessageRow, ParticipantRow } from '../base/rows';
import { addressHash } from '../people/address-hash';
import { loadContacts } from '../people/carriers';
import { loadTeam } from '../people/load-team';
import { loadThreadsBefore } from './threads-before';

/** Who belongs to a thread, with the one it split off. */
export interface ThreadPeople extends Pick<Company, 'isOurs' | 'isOfContacts' | 'participants'> {
  contacts: readonly LinkedContact[];
  /** The thread, and the one it split off. */
  threadDocumentIds: readonly string[];
}

/** The people of each of these threads. The number of queries does not grow with the threads. */
export const loadThreadPeople = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, ThreadPeople>> => {
  const parts = [...(await loadThreadsBefore(strapi, threadDocumentIds)).values()];
  const all = [...new Set(parts.flat())];
  const team = await loadTeam(strapi);
  const participants = await loadParticipants(strapi, all);
  const contacts = await loadContacts(strapi, all);
  const hashes = await loadAddressHashes(strapi, [...contacts.values()].flat());
  return new Map(
    parts.map((part) => {
      const linked = part.flatMap((thread) => contacts.get(thread) ?? []);
      return [
        part[0] ?? '',
        {
          threadDocumentIds: part,
          contacts: linked,
          participants: new Set(part.flatMap((thread) => participants.get(thread) ?? [])),
          isOurs: (address) => isOfTeam(address, team),
          isOfContacts: (address) => {
            const hash = addressHash(address);
            return linked.some((contact) => hashes.get(recordKey(contact))?.has(hash) === true);
          },
        },
      ];
    })
  );
};

const loadParticipants = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, string[]>> => {
  const addresses = new Map<string, string[]>(threadDocumentIds.map((thread) => [thread, []]));
  for (const { threadDocumentId, address } of await findRowsIn<ParticipantRow>(
    strapi,
    uids.participant,
    'threadDocumentId',
    threadDocumentIds
  )) {
    addresses.get(threadDocumentId)?.push(address);
  }
  return addresses;
};

/** The addresses on the records of these contacts, hashed, by `recordKey`. */
const loadAddressHashes = async (
  strapi: Strapi,
  contacts: readonly LinkedContact[]
): Promise<Map<string, Set<string>>> => {
  const hashes = new Map<string, Set<string>>(contacts.map((contact) => [recordKey(contact), new Set()]));
  for (const row of await findRowsIn<AddressRow>(
    strapi,
    uids.addressIndex,
    'contactDocumentId',
    contacts.map(({ documentId }) => documentId)
  )) {
    const { contactType, contactDocumentId: documentId } = row;
    hashes.get(recordKey({ contactType, documentId }))?.add(row.addressHash);
  }
  return hashes;
};

/** The newest are enough to know whose name it is; so many for each thread in the mean. */
const MOST_EARLIER = 200;

type EarlierRow = Pick<
  MessageRow,
  'direction' | 'fromAddress' | 'fromName' | 'to' | 'cc' | 'bcc' | 'marks' | 'thread'
>;

/** The newest messages of these threads, without their texts, by thread. One query. */
export const loadEarlier = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, EarlierMessage[]>> => {
  const earlier = new Map<string, EarlierMessage[]>(threadDocumentIds.map((thread) => [thread, []]));
  const rows = await findRows<EarlierRow>(strapi, uids.message, {
    where: { thread: { documentId: { $in: [...earlier.keys()] } } },
    select: ['direction', 'fromAddress', 'fromName', 'to', 'cc', 'bcc', 'marks'],
    populate: { thread: { select: ['documentId'] } },
    orderBy: { receivedAt: 'desc' },
    limit: MOST_EARLIER * earlier.size,
  });
  for (const { thread, direction, fromAddress, fromName, to, cc, bcc, marks } of rows) {
    earlier.get(thread?.documentId ?? '')?.push({
      direction: readDirection(direction),
      from: { address: fromAddress, displayName: fromName },
      recipients: [...to, ...cc, ...bcc],
      marks: readMarks(marks),
    });
  }
  return earlier;
};
