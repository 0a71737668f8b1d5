import { newcomersOf, standingOf } from '../../../domain/access/standing';
import type { Standing } from '../../../domain/access/standing';
import { insertRows } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import { addressHash } from '../people/address-hash';
import { addParticipants } from '../people/participants';
import type { Participation } from '../people/participants';
import { loadConversations } from './conversations';
import type { PlacedInThread } from './place-in-thread';

/**
 * Decides on which records messages stand, writes it down, and records who takes part in their threads. Within a
 * transaction of the caller, once the ids of the messages are indexed; the number of queries does not grow with the
 * messages.
 */
export const standMessages = async (writer: Writer, places: readonly PlacedInThread[]): Promise<void> => {
  const { strapi } = writer;
  const conversations = await loadConversations(writer, places);
  const stood: Stood[] = [];
  const participations: Participation[] = [];
  for (const place of [...places].sort(byTime)) {
    const facts = conversations.factsFor(place);
    const standing = standingOf(place.message, facts);
    const newcomers = newcomersOf(place.message, facts);
    conversations.add(place, standing, newcomers);
    stood.push({ place, standing });
    for (const address of place.people) {
      const cameAs = newcomers.get(addressHash(address));
      if (cameAs) participations.push({ threadDocumentId: place.threadDocumentId, address, cameAs });
    }
  }
  await insertRows(strapi, uids.messageAddress, stood.flatMap(addressRows));
  await insertRows(strapi, uids.messageRecord, stood.flatMap(recordRows));
  await addParticipants(strapi, participations);
};

const byTime = (a: PlacedInThread, b: PlacedInThread): number =>
  Date.parse(a.receivedAt) - Date.parse(b.receivedAt) || a.id - b.id;

interface Stood {
  place: PlacedInThread;
  standing: Standing;
}

const addressRows = ({ place, standing }: Stood): Record<string, unknown>[] =>
  standing.addresses.map(({ address, role }) => ({
    messageId: place.id,
    threadId: place.threadId,
    addressHash: address,
    role,
    receivedAt: place.receivedAt,
  }));

const recordRows = ({ place, standing }: Stood): Record<string, unknown>[] =>
  standing.records.map(({ contactType, documentId, standsIn }) => ({
    messageId: place.id,
    threadId: place.threadId,
    contactType,
    contactDocumentId: documentId,
    standsIn,
    receivedAt: place.receivedAt,
  }));
