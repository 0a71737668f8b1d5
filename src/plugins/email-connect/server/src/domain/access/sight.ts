import type { LinkedContact } from '../outgoing/outgoing';
import { recordKey } from './standing';

/** Which messages of one conversation a caller sees: all, or those by one of these ways. */
export type Sight = 'everything' | PartialSight;

export interface PartialSight {
  /** Hashes of addresses that a record carries which the caller may read. */
  addressHashes: string[];
  /** Records that the caller may read, of those on which messages stand without an address of theirs. */
  records: LinkedContact[];
  /** All records that the caller may read, of those on which any message stands. */
  contacts: LinkedContact[];
  /** Inboxes of the caller: they see what these sent or logged. */
  inboxDocumentIds: string[];
  /** Whoever manages inboxes sees what stands on no record: on none of these. null: the caller does not. */
  unassigned: { carriedHashes: string[] } | null;
}

/** A record that carries an address. */
export interface Carrier extends LinkedContact {
  addressHash: string;
  /** Mail of the address stands on the record for everybody (S41), not only for whoever reads all records. */
  counts: boolean;
}

/** What is known of a conversation's people. */
export interface ThreadCarriers {
  carriers: Carrier[];
  /** Records on which messages stand without an address of theirs. */
  records: LinkedContact[];
}

export interface Caller {
  managesAll: boolean;
  /** All records of all types of contacts: nothing is opened to them by an address that somebody writes. */
  readsAll: boolean;
  /** Their own. */
  inboxDocumentIds: string[];
  /** The records that they may read, of those that matter here. */
  readable: LinkedContact[];
}

/** A program, a public form or an import: it sees nothing. */
export const nobody: Caller = { managesAll: false, readsAll: false, inboxDocumentIds: [], readable: [] };

/** S40, S42: through the records that the caller may read, through their own inboxes, and what is nobody's. */
export const sightOf = (people: ThreadCarriers, caller: Caller): PartialSight => {
  const readable = new Set(caller.readable.map(recordKey));
  const isReadable = (record: LinkedContact): boolean => readable.has(recordKey(record));
  const hashesOf = (carriers: readonly Carrier[]): string[] =>
    eachOnce(carriers.map(({ addressHash }) => addressHash));
  return {
    addressHashes: hashesOf(countingFor(caller, people.carriers).filter(isReadable)),
    records: people.records.filter(isReadable),
    contacts: recordsOf(people, caller).filter(isReadable),
    inboxDocumentIds: caller.inboxDocumentIds,
    unassigned: caller.managesAll ? { carriedHashes: hashesOf(countingFor(nobody, people.carriers)) } : null,
  };
};

/** The carriers on which the address counts for this caller (S41). */
export const countingFor = (
  { readsAll }: Pick<Caller, 'readsAll'>,
  carriers: readonly Carrier[]
): Carrier[] => carriers.filter(({ counts }) => counts || readsAll);

/** Every record on which any message of it stands for this caller, each once. */
export const recordsOf = (people: ThreadCarriers, caller: Pick<Caller, 'readsAll'>): LinkedContact[] => {
  const all = [...people.records, ...countingFor(caller, people.carriers)].map(
    ({ contactType, documentId }) => ({ contactType, documentId })
  );
  return [...new Map(all.map((record) => [recordKey(record), record])).values()];
};

/** What decides about one message. */
export interface SeenMessage {
  addressHashes: string[];
  records: LinkedContact[];
  /** The inbox that sent or logged it. */
  inboxDocumentId: string | null;
}

/** The rule by which lists are filtered in the database too (`reading/visible-messages`). */
export const sees = (sight: Sight, message: SeenMessage): boolean => {
  if (sight === 'everything') return true;
  const { addressHashes, records, inboxDocumentIds, unassigned } = sight;
  const standsOn = new Set(message.records.map(recordKey));
  return (
    message.addressHashes.some((hash) => addressHashes.includes(hash)) ||
    records.some((record) => standsOn.has(recordKey(record))) ||
    (message.inboxDocumentId !== null && inboxDocumentIds.includes(message.inboxDocumentId)) ||
    (unassigned !== null &&
      message.records.length === 0 &&
      !message.addressHashes.some((hash) => unassigned.carriedHashes.includes(hash)))
  );
};

/** Bcc is for the owner of the inbox that sent or logged the mail: its other recipients do not know of it. */
export const seesBcc = (sight: Sight, inboxDocumentId: string | null): boolean =>
  sight === 'everything' || (inboxDocumentId !== null && sight.inboxDocumentIds.includes(inboxDocumentId));

const eachOnce = (values: readonly string[]): string[] => [...new Set(values)];
