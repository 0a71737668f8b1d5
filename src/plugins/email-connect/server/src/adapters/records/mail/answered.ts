import type { Standing } from '../../../domain/access/standing';
import { readAddressRole } from '../base/enumerations';
import { inParts } from '../base/in-parts';
import { findRowsIn, rowIdsOf } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import type { IdRow, MessageAddressRow, MessageRecordRow } from '../base/rows';
import { idHash } from '../facts/id-index';
import type { PlacedInThread } from './place-in-thread';

export interface AnsweredMessages {
  /** Where the message stands that this one answers; null where it answers none. */
  of(place: PlacedInThread): Standing | null;
  /** A later message of the same transaction may answer it. */
  add(place: PlacedInThread, standing: Standing): void;
}

/**
 * The messages that new messages answer: by the ids that they name, or else the newest of their threads. `before`:
 * the threads in which they may be.
 */
export const loadAnswered = async (
  writer: Writer,
  places: readonly PlacedInThread[],
  before: (place: PlacedInThread) => string[]
): Promise<AnsweredMessages> => {
  const { strapi } = writer;
  const named = await findNamed(strapi, places);
  const newest = await findNewest(writer, places, before);
  const standings = await loadStandings(strapi, [
    ...[...named.values(), ...newest.values()].flat().map(({ messageDocumentId }) => messageDocumentId),
    ...places.flatMap(({ answersDocumentId }) => answersDocumentId ?? []),
  ]);
  const newestAdded = new Map<string, string>();
  return {
    of: (place) => {
      const threads = before(place);
      const cited = place.answers.flatMap((id) => named.get(idHash(id)) ?? []);
      const candidates = [
        ...(place.answersDocumentId === null ? [] : [place.answersDocumentId]),
        ...cited.filter((row) => threads.includes(row.threadDocumentId)).map((row) => row.messageDocumentId),
        ...threads.flatMap(
          (thread) => newestAdded.get(thread) ?? newest.get(thread)?.messageDocumentId ?? []
        ),
      ];
      const [answered] = candidates.flatMap((documentId) =>
        documentId === place.documentId ? [] : (standings.get(documentId) ?? [])
      );
      return answered ?? null;
    },
    add: ({ documentId, threadDocumentId }, standing) => {
      standings.set(documentId, standing);
      newestAdded.set(threadDocumentId, documentId);
    },
  };
};

interface InThread {
  messageDocumentId: string;
  threadDocumentId: string;
}

/** By the hash of an id. */
const findNamed = async (
  strapi: Strapi,
  places: readonly PlacedInThread[]
): Promise<Map<string, InThread[]>> => {
  const hashes = places.flatMap(({ answers }) => answers.map(idHash));
  const rows = await findRowsIn<IdRow>(strapi, uids.idIndex, 'hash', hashes, {
    where: { messageDocumentId: { $ne: '' } },
  });
  const found = new Map<string, InThread[]>();
  for (const { hash, ...row } of rows) found.set(hash, [...(found.get(hash) ?? []), row]);
  return found;
};

/** By thread, of those that were there before these. */
const findNewest = async (
  { strapi, table }: Writer,
  places: readonly PlacedInThread[],
  before: (place: PlacedInThread) => string[]
): Promise<Map<string, InThread>> => {
  const threads = [...new Set(places.flatMap(before))];
  const added = new Set(places.map(({ documentId }) => documentId));
  const newest = new Map<string, InThread>();
  for (const some of inParts(threads)) {
    const rows: InThread[] = await table(`${tables.message} as message`)
      .join(`${tables.thread} as thread`, 'thread.id', 'message.thread_id')
      .whereIn('thread.document_id', some)
      .where('message.received_at', strapi.db.connection.ref('thread.last_message_at'))
      .orderBy('message.id')
      .select({ messageDocumentId: 'message.document_id', threadDocumentId: 'thread.document_id' });
    for (const row of rows) if (!added.has(row.messageDocumentId)) newest.set(row.threadDocumentId, row);
  }
  return newest;
};

/** By documentId. */
const loadStandings = async (
  strapi: Strapi,
  messageDocumentIds: readonly string[]
): Promise<Map<string, Standing>> => {
  const ids = await rowIdsOf(strapi, uids.message, messageDocumentIds);
  const documentIdOf = new Map([...ids].map(([documentId, id]) => [id, documentId]));
  const standings = new Map([...ids.keys()].map((documentId) => [documentId, emptyStanding()]));
  const of = (messageId: number): Standing | undefined => standings.get(documentIdOf.get(messageId) ?? '');
  const addresses = await findRowsIn<MessageAddressRow>(
    strapi,
    uids.messageAddress,
    'messageId',
    [...documentIdOf.keys()],
    { orderBy: { id: 'asc' } }
  );
  for (const { messageId, addressHash, role } of addresses) {
    of(messageId)?.addresses.push({ address: addressHash, role: readAddressRole(role) });
  }
  const records = await findRowsIn<MessageRecordRow>(
    strapi,
    uids.messageRecord,
    'messageId',
    [...documentIdOf.keys()],
    { orderBy: { id: 'asc' } }
  );
  for (const { messageId, contactType, contactDocumentId, standsIn } of records) {
    of(messageId)?.records.push({ contactType, documentId: contactDocumentId, standsIn });
  }
  return standings;
};

const emptyStanding = (): Standing => ({ addresses: [], records: [] });
