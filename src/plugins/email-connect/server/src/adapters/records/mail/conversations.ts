import type { CameAs, Standing, StandingFacts } from '../../../domain/access/standing';
import { isOfTeam } from '../../../domain/logging/outsiders';
import { readCameAs } from '../base/enumerations';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import type { AddressRow, ParticipantRow } from '../base/rows';
import { loadThreadsBefore } from '../facts/threads-before';
import { addressHash } from '../people/address-hash';
import { loadTeam } from '../people/load-team';
import { loadAnswered } from './answered';
import type { PlacedInThread } from './place-in-thread';

/** What is known of the threads of new messages, before each of them. Addresses are hashes. */
export interface Conversations {
  factsFor(place: PlacedInThread): StandingFacts;
  /** The next message comes after this one. */
  add(place: PlacedInThread, standing: Standing, newcomers: ReadonlyMap<string, CameAs>): void;
}

export const loadConversations = async (
  writer: Writer,
  places: readonly PlacedInThread[]
): Promise<Conversations> => {
  const { strapi } = writer;
  const threads = await loadThreadsBefore(
    strapi,
    places.map(({ threadDocumentId }) => threadDocumentId)
  );
  const before = ({ threadDocumentId, continuesDocumentId }: PlacedInThread) =>
    threads.get(threadDocumentId) ?? [threadDocumentId, continuesDocumentId ?? []].flat();
  const came = await loadCameAs(strapi, places.flatMap(before));
  const answered = await loadAnswered(writer, places, before);
  const carried = await loadCarried(strapi, places);
  const team = await loadTeam(strapi);
  return {
    factsFor: (place) => {
      const ours = new Set(place.people.filter((one) => isOfTeam(one, team)).map(addressHash));
      return {
        isOurs: (hash) => ours.has(hash),
        cameAs: (hash) => before(place).flatMap((thread) => came.get(thread)?.get(hash) ?? [])[0] ?? null,
        answered: answered.of(place),
        carries: (record, hash) => carried.has(carriedKey(record.documentId, hash)),
      };
    },
    add: (place, standing, newcomers) => {
      answered.add(place, standing);
      const known = came.get(place.threadDocumentId);
      came.set(place.threadDocumentId, new Map([...newcomers, ...(known ?? [])]));
    },
  };
};

const loadCameAs = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, Map<string, CameAs>>> => {
  const came = new Map<string, Map<string, CameAs>>();
  const rows = await findRowsIn<ParticipantRow>(
    strapi,
    uids.participant,
    'threadDocumentId',
    threadDocumentIds
  );
  for (const { threadDocumentId, addressHash: hash, cameAs } of rows) {
    came.set(threadDocumentId, (came.get(threadDocumentId) ?? new Map()).set(hash, readCameAs(cameAs)));
  }
  return came;
};

/** Which addresses count on the records that people chose for messages: whose answers stand there by themselves. */
const loadCarried = async (strapi: Strapi, places: readonly PlacedInThread[]): Promise<Set<string>> => {
  const records = places.flatMap(({ message }) => message.chosen.map(({ documentId }) => documentId));
  const rows = await findRowsIn<AddressRow>(strapi, uids.addressIndex, 'contactDocumentId', records, {
    where: { counts: true },
  });
  return new Set(rows.map((row) => carriedKey(row.contactDocumentId, row.addressHash)));
};

const carriedKey = (documentId: string, hash: string): string => `${documentId} ${hash}`;
