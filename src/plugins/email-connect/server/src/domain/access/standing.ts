import type { Direction } from '../message/message';
import type { LinkedContact } from '../outgoing/outgoing';

/** How an address came onto a message. `answered`: it is on the message that this one answers for somebody new. */
export const addressRoles = ['from', 'to', 'cc', 'bcc', 'answered'] as const;
export type AddressRole = (typeof addressRoles)[number];

/** An address on a message. */
export interface AddressOnMail {
  /** Normalised, or its hash: the same throughout. */
  address: string;
  role: AddressRole;
}

/** A record on which a message stands without an address of it. */
export interface StandingRecord extends LinkedContact {
  /** Whoever is on the message stands in for the record: what they answer stands there too. */
  standsIn: boolean;
}

/** Why a message stands where it stands: the records that carry one of the addresses, and these. */
export interface Standing {
  addresses: AddressOnMail[];
  records: StandingRecord[];
}

export interface MessageToStand {
  direction: Direction;
  /** A mail system reports about a message of ours, in its own name. */
  isReport: boolean;
  authors: string[];
  named: AddressOnMail[];
  /** Records that a person chose for it: from which it was written, or on which it was logged by hand (S45). */
  chosen: LinkedContact[];
}

/** How an address came into a conversation: named by somebody, or answering although nobody had named it. */
export const waysToCome = ['named', 'answering'] as const;
export type CameAs = (typeof waysToCome)[number];

export interface StandingFacts {
  isOurs(address: string): boolean;
  /** null: on no earlier message. */
  cameAs(address: string): CameAs | null;
  /** Where the answered message stands; null where it answers none. */
  answered: Standing | null;
  carries(record: LinkedContact, address: string): boolean;
}

/**
 * Where a message stands (S40). Everybody on it stands on their own record and opens nothing else, whoever put them
 * there: an outsider chooses the Cc. Somebody new who answers has no record of their own here, so their message stands
 * where the answered one does; and who was written to in a record's place answers in its place.
 */
export const standingOf = (message: MessageToStand, facts: StandingFacts): Standing => {
  const people = message.named.filter(({ address }) => !facts.isOurs(address)).map(({ address }) => address);
  const chosen = message.chosen.map((record) => ({
    ...record,
    standsIn: !people.some((address) => facts.carries(record, address)),
  }));
  const { answered } = facts;
  if (!answered) return { addresses: message.named, records: chosen };
  if (speaksForAnswered(message, people, facts)) {
    return {
      addresses: eachOnce([...message.named, ...answered.addresses.map(asAnswered)]),
      records: eachRecordOnce([...chosen, ...answered.records.map(standingIn)]),
    };
  }
  const isAmongThem = answered.addresses.some(({ address }) => people.includes(address));
  const stoodIn = isAmongThem ? answered.records.filter(({ standsIn }) => standsIn) : [];
  return { addresses: message.named, records: eachRecordOnce([...chosen, ...stoodIn]) };
};

/** Those who come into the conversation with this message: as its authors, or because it names them. */
export const newcomersOf = (
  { direction, authors, named }: MessageToStand,
  { cameAs, isOurs, answered }: StandingFacts
): Map<string, CameAs> => {
  const answering = (address: string): boolean =>
    direction === 'incoming' && answered !== null && authors.includes(address) && !isOurs(address);
  return new Map(
    named
      .filter(({ address }) => cameAs(address) === null)
      .map(({ address }) => [address, answering(address) ? 'answering' : 'named'])
  );
};

const speaksForAnswered = (
  { direction, isReport, authors }: MessageToStand,
  people: readonly string[],
  { cameAs, isOurs }: StandingFacts
): boolean => {
  if (isReport) return true;
  if (direction === 'outgoing')
    return people.length > 0 && people.every((address) => cameAs(address) === 'answering');
  return authors.every((address) => !isOurs(address) && cameAs(address) !== 'named');
};

const asAnswered = ({ address }: AddressOnMail): AddressOnMail => ({ address, role: 'answered' });
const standingIn = (record: StandingRecord): StandingRecord => ({ ...record, standsIn: true });

const eachOnce = (named: readonly AddressOnMail[]): AddressOnMail[] => {
  const seen = new Set<string>();
  return named.filter(({ address }) => !seen.has(address) && seen.add(address));
};

const eachRecordOnce = (records: readonly StandingRecord[]): StandingRecord[] => {
  const found = new Map<string, StandingRecord>();
  for (const record of records) {
    const key = recordKey(record);
    const known = found.get(key);
    found.set(key, { ...record, standsIn: record.standsIn || (known?.standsIn ?? false) });
  }
  return [...found.values()];
};

/** A text by which records are compared. */
export const recordKey = ({ contactType, documentId }: LinkedContact): string =>
  `${contactType} ${documentId}`;
