import type { LinkedContact } from '../outgoing/outgoing';
import type { Holding } from './holding';
import { strictest } from './level';
import type { Level, ToldLevel } from './level';
import { recordKey } from './standing';

/** Which messages of one conversation a caller sees: all, or those by one of these ways. */
export type Sight = 'everything' | PartialSight;

export interface PartialSight {
  /** Hashes of addresses that a record carries which the caller may read. */
  addressHashes: string[];
  /** Records that the caller may read, of those on which messages stand without an address of theirs. */
  records: LinkedContact[];
  /** All records that the caller may read, of those on which any message stands. */
  contacts: SeenContact[];
  /** Inboxes that the caller owns or is named on: they see what these hold. */
  inboxDocumentIds: string[];
  /** The admin user whose questions owners may have answered. */
  userDocumentId: string;
  /** Whoever manages inboxes sees what stands on no record: on none of these. null: the caller does not. */
  unassigned: { carriedHashes: string[] } | null;
}

/** A record, and the hashes of the addresses by which messages stand on it for the caller. */
export interface SeenContact extends LinkedContact {
  addressHashes: string[];
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
  /** '' for nobody in particular. */
  userDocumentId: string;
  managesAll: boolean;
  /** All records of all types of contacts: nothing is opened to them by an address that somebody writes. */
  readsAll: boolean;
  /** Those that they own, or on which they are named. */
  inboxDocumentIds: string[];
  /** The records that they may read, of those that matter here. */
  readable: LinkedContact[];
}

/** A program, a public form or an import: it sees nothing. */
export const nobody: Caller = {
  userDocumentId: '',
  managesAll: false,
  readsAll: false,
  inboxDocumentIds: [],
  readable: [],
};

/** S40, S42: through the records that the caller may read, through their own inboxes, and what is nobody's. */
export const sightOf = (people: ThreadCarriers, caller: Caller): PartialSight => {
  const readable = new Set(caller.readable.map(recordKey));
  const isReadable = (record: LinkedContact): boolean => readable.has(recordKey(record));
  const hashesOf = (carriers: readonly Carrier[]): string[] =>
    eachOnce(carriers.map(({ addressHash }) => addressHash));
  const counting = countingFor(caller, people.carriers).filter(isReadable);
  const carriedBy = (record: LinkedContact): Carrier[] =>
    counting.filter((carrier) => recordKey(carrier) === recordKey(record));
  return {
    addressHashes: hashesOf(counting),
    records: people.records.filter(isReadable),
    contacts: recordsOf(people, caller)
      .filter(isReadable)
      .map((record) => ({ ...record, addressHashes: hashesOf(carriedBy(record)) })),
    inboxDocumentIds: caller.inboxDocumentIds,
    userDocumentId: caller.userDocumentId,
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

/** An inbox that has to do with a message, as it counts for one caller. */
export interface SeenHolding extends Holding {
  /** The inbox's own level, stricter ones of it for the conversation or the message, and those of rules. */
  levels: Level[];
  /** Its owner said yes when this caller asked. */
  isGranted: boolean;
  /** Its owner, or a rule, made this very message private: nobody was told that there is something to ask for. */
  isHidden: boolean;
}

/** For whom the mail of a record is listed. */
export interface RecordReader extends Pick<Caller, 'readsAll' | 'inboxDocumentIds' | 'userDocumentId'> {
  /** Mail of which they are told less is left out. */
  atLeast: 'facts' | 'full';
  /** Whatever its level: each use is on record. */
  overrides: boolean;
}

/** Programs have no inbox and can ask nobody: they read what everybody may read who reads the record (S42). */
export const aProgram: RecordReader = { ...nobody, atLeast: 'full', overrides: false };

/** What decides about one message. */
export interface SeenMessage {
  addressHashes: string[];
  records: LinkedContact[];
  holdings: SeenHolding[];
}

/** The rule by which lists are filtered in the database too (`reading/visible-messages`). */
export const sees = (sight: Sight, message: SeenMessage): boolean => {
  if (sight === 'everything' || isOwn(sight, message.holdings)) return true;
  const { addressHashes, records, unassigned } = sight;
  const standsOn = new Set(message.records.map(recordKey));
  const isOnRecord =
    message.addressHashes.some((hash) => addressHashes.includes(hash)) ||
    records.some((record) => standsOn.has(recordKey(record)));
  if (isOnRecord && levelForOthers(message.holdings) !== 'private') return true;
  return (
    unassigned !== null &&
    message.records.length === 0 &&
    !message.addressHashes.some((hash) => unassigned.carriedHashes.includes(hash))
  );
};

/**
 * How much they are told of a message that they see. Of what is private they see only what stands on no record: managers
 * are told its facts, to be able to assign or erase it.
 */
export const toldOf = (
  sight: 'everything' | Pick<PartialSight, 'inboxDocumentIds'>,
  holdings: readonly SeenHolding[]
): ToldLevel => {
  if (sight === 'everything' || isOwn(sight, holdings)) return 'full';
  const level = levelForOthers(holdings);
  return level === 'private' ? 'facts' : level;
};

/** What is told to whoever sees it through a record. */
export const levelForOthers = (holdings: readonly SeenHolding[]): Level =>
  strictest(
    holdings
      .filter(({ decides }) => decides)
      .flatMap(({ isGranted, isHidden, levels }) => {
        if (isHidden) return 'private' as const;
        return isGranted ? [] : levels;
      })
  );

/** Their own inbox holds it. Then they see its Bcc too, of which its other recipients do not know. */
export const isOwn = (
  sight: 'everything' | Pick<PartialSight, 'inboxDocumentIds'>,
  holdings: readonly SeenHolding[]
): boolean =>
  sight === 'everything' ||
  holdings.some(({ holds, inboxDocumentId }) => holds && sight.inboxDocumentIds.includes(inboxDocumentId));

const eachOnce = (values: readonly string[]): string[] => [...new Set(values)];
