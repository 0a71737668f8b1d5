import { mayVouchFor } from '../domain/access/counting';
import { holdingsOf } from '../domain/access/holding';
import type { Holding } from '../domain/access/holding';
import type { Level } from '../domain/access/level';
import { isOwn, levelForOthers, nobody, sees, sightOf, toldOf } from '../domain/access/sight';
import type { Caller, Carrier, SeenMessage, ThreadCarriers } from '../domain/access/sight';
import { inboxLevels } from './inbox-levels';
import { newcomersOf, recordKey, standingOf } from '../domain/access/standing';
import type { CameAs, AddressOnMail, Standing } from '../domain/access/standing';
import type { MailToMeet } from '../domain/logging/rule-matches';
import type { LinkedContact } from '../domain/outgoing/outgoing';

export interface Mail {
  from: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  subject?: string;
  /** The number of the mail that it answers, from 0; by default the newest. null: it begins the conversation. */
  answers?: number | null;
  writtenFrom?: string[];
  /** Records that a person chose for it when they had it logged. */
  chosen?: string[];
  isReport?: boolean;
  inbox?: string;
}

const UMA_AND_VIC: Readonly<Record<string, string>> = { uma: 'uma@crm.test', vic: 'vic@crm.test' };

/** Who asks or writes, by what they may: records and inboxes by their names. */
export interface Person {
  name?: string;
  reads?: string[];
  owns?: string[];
  managesAll?: boolean;
  readsAll?: boolean;
}

const TEAM = '@crm.test';

const namedOn = ({ from, to = [], cc = [], bcc = [] }: Mail): AddressOnMail[] => [
  { address: from, role: 'from' },
  ...to.map((address) => ({ address, role: 'to' as const })),
  ...cc.map((address) => ({ address, role: 'cc' as const })),
  ...bcc.map((address) => ({ address, role: 'bcc' as const })),
];

const contact = (documentId: string): LinkedContact => ({ contactType: 'person', documentId });

/** Which addresses the records carry, and whether they count there; at first all do. */
const addressBook = (records: Record<string, string[]>) => {
  const book = new Map(
    Object.entries(records).map(([record, addresses]) => [
      record,
      new Map(addresses.map((address) => [address, true])),
    ])
  );
  const counts = ({ documentId }: LinkedContact, address: string): boolean =>
    book.get(documentId)?.get(address) ?? false;
  return {
    counts,
    records: (): LinkedContact[] => [...book.keys()].map(contact),
    addressesOf: (documentId: string): ReadonlyMap<string, boolean> => book.get(documentId) ?? new Map(),
    write: (documentId: string, addresses: string[], mayVouch: (address: string) => boolean): void => {
      const before = book.get(documentId);
      const now = addresses.map((address): [string, boolean] => [
        address,
        before?.get(address) ?? mayVouch(address),
      ]);
      book.set(documentId, new Map(now));
    },
    confirm: (documentId: string, address: string): boolean =>
      book.get(documentId)?.set(address, true) !== undefined,
    carriers: (): Carrier[] =>
      [...book].flatMap(([documentId, addresses]) =>
        [...addresses].map(([addressHash, isCounting]) => ({
          ...contact(documentId),
          addressHash,
          counts: isCounting,
        }))
      ),
  };
};

const callerOf = (
  { name = '', reads = [], owns = [], managesAll = false, readsAll = false }: Person,
  records: LinkedContact[]
): Caller => ({
  userDocumentId: name,
  managesAll,
  readsAll,
  inboxDocumentIds: owns,
  readable: readsAll ? records : reads.map(contact),
});

interface KeptMessage extends Standing {
  holdings: Holding[];
  named: string[];
}

interface Kept {
  isOurs(address: string): boolean;
  came: Map<string, CameAs>;
  messages: readonly KeptMessage[];
  carries(record: LinkedContact, address: string): boolean;
  inboxAt(address: string): string | null;
  meetRules(holdings: readonly Holding[], mail: MailToMeet): void;
}

/** Decides about a mail as it comes; whom it names takes part from now on. */
const record = (mail: Mail, { isOurs, came, messages, carries, inboxAt, meetRules }: Kept): KeptMessage => {
  const named = namedOn(mail);
  const message = {
    direction: isOurs(mail.from) ? ('outgoing' as const) : ('incoming' as const),
    isReport: mail.isReport ?? false,
    authors: [mail.from],
    named,
    chosen: [...(mail.writtenFrom ?? []), ...(mail.chosen ?? [])].map(contact),
  };
  const facts = {
    isOurs,
    cameAs: (address: string) => came.get(address) ?? null,
    answered: mail.answers === null ? null : (messages[mail.answers ?? messages.length - 1] ?? null),
    carries,
  };
  const standing = standingOf(message, facts);
  for (const [address, how] of newcomersOf(message, facts)) came.set(address, how);
  const recordedFrom = mail.inbox ?? 'uma';
  const holdings = holdingsOf({ direction: message.direction, recordedFrom, named }, inboxAt);
  const addresses = named.map(({ address }) => address);
  const outsiders = addresses.filter((address) => !isOurs(address));
  meetRules(holdings, { outsiders, subject: mail.subject ?? '' });
  return { ...standing, holdings, named: addresses };
};

/** A conversation in memory, as the records would keep it. Records are named by their documentIds. */
export const conversation = (
  records: Record<string, string[]>,
  isOurs = (address: string): boolean => address.endsWith(TEAM),
  /** The addresses of the team's inboxes, by their documentIds. */
  inboxes = UMA_AND_VIC
) => {
  const book = addressBook(records);
  const came = new Map<string, CameAs>();
  const messages: KeptMessage[] = [];
  const inboxesHere = inboxLevels(inboxes);
  const people = (): ThreadCarriers => ({
    carriers: book.carriers().filter(({ addressHash }) => came.has(addressHash) && !isOurs(addressHash)),
    records: messages.flatMap((message) => message.records),
  });
  const asSeen = ({ addresses, records: stoodOn, holdings }: KeptMessage, by = ''): SeenMessage => ({
    addressHashes: addresses.map(({ address }) => address),
    records: stoodOn,
    holdings: inboxesHere.seen(holdings, by),
  });

  const sightFor = (person: Person) => sightOf(people(), callerOf(person, book.records()));
  const mayVouch = (address: string, by: Person | null): boolean =>
    mayVouchFor(
      {
        carriers: book.records().filter((record) => book.counts(record, address)),
        named: messages
          .filter(({ addresses }) => addresses.some((named) => named.address === address))
          .map((message) => asSeen(message, by?.name)),
        isAll: true,
        people: people(),
      },
      by ? callerOf(by, book.records()) : nobody
    );

  return {
    add: (mail: Mail): void => {
      const { inboxAt, meetRules } = inboxesHere;
      messages.push(record(mail, { isOurs, came, messages, carries: book.counts, inboxAt, meetRules }));
    },
    /** A record's addresses become these; none deletes it. null: a program writes them. */
    write: (documentId: string, addresses: string[], by: Person | null): void =>
      book.write(documentId, addresses, (address) => mayVouch(address, by)),
    /** An address of a record is confirmed; false where they may not. */
    confirm: (documentId: string, address: string, by: Person): boolean =>
      mayVouch(address, by) && book.confirm(documentId, address),
    remove: (number: number): void => {
      const [gone] = messages.splice(number, 1);
      const left = new Set(messages.flatMap(({ named }) => named));
      for (const address of gone?.named ?? []) if (!left.has(address)) came.delete(address);
    },
    /** The numbers of the messages that stand on a record, for nobody in particular or for whoever reads all. */
    on: (documentId: string, { readsAll }: Pick<Caller, 'readsAll'> = nobody): number[] => {
      const addressesOn = book.addressesOf(documentId);
      const counts = (address: string): boolean =>
        readsAll ? addressesOn.has(address) : addressesOn.get(address) === true;
      const standsOn = ({ addresses, records: stoodOn }: Standing): boolean =>
        addresses.some(({ address }) => !isOurs(address) && counts(address)) ||
        stoodOn.some((record) => record.documentId === documentId);
      return messages.flatMap((message, number) => (standsOn(message) ? [number] : []));
    },
    /** The numbers of the messages that a caller sees. */
    seenBy: (person: Person): number[] =>
      messages.flatMap((message, number) =>
        sees(sightFor(person), asSeen(message, person.name)) ? [number] : []
      ),
    /** How much they are told of each message, `private` of those that they do not see. */
    toldTo: (person: Person): Level[] => {
      const sight = sightFor(person);
      return messages.map((message) => {
        const seen = asSeen(message, person.name);
        return sees(sight, seen) ? toldOf(sight, seen.holdings) : 'private';
      });
    },
    /** How much of each message they are told where they see it. */
    told: ({ owns = [], name = '' }: Person): Level[] =>
      messages.map((message) => {
        const { holdings } = asSeen(message, name);
        return isOwn({ inboxDocumentIds: owns }, holdings) ? 'full' : levelForOthers(holdings);
      }),
    ...inboxesHere.verbs,
    levelOfMessage: (number: number, inbox: string, level: Level): void =>
      inboxesHere.choose(messages[number]?.holdings ?? [], inbox, level),
    sighted: (number: number, inbox: string, { isTrue = false } = {}): void =>
      inboxesHere.sighted(messages[number]?.holdings ?? [], messages[number]?.named ?? [], inbox, isTrue),
    contactsFor: (reads: string[]): string[] => sightFor({ reads }).contacts.map(recordKey),
  };
};
