import { sees, sightOf } from '../domain/access/sight';
import type { Caller, SeenMessage, ThreadCarriers } from '../domain/access/sight';
import { newcomersOf, recordKey, standingOf } from '../domain/access/standing';
import type { CameAs, AddressOnMail, Standing } from '../domain/access/standing';
import type { LinkedContact } from '../domain/outgoing/outgoing';

export interface Mail {
  from: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  /** The number of the mail that it answers, from 0; by default the newest. null: it begins the conversation. */
  answers?: number | null;
  writtenFrom?: string[];
  isReport?: boolean;
  inbox?: string;
}

const TEAM = '@crm.test';

const namedOn = ({ from, to = [], cc = [], bcc = [] }: Mail): AddressOnMail[] => [
  { address: from, role: 'from' },
  ...to.map((address) => ({ address, role: 'to' as const })),
  ...cc.map((address) => ({ address, role: 'cc' as const })),
  ...bcc.map((address) => ({ address, role: 'bcc' as const })),
];

/** A conversation in memory, as the records would keep it. Records are named by their documentIds. */
export const conversation = (
  records: Record<string, string[]>,
  isOurs = (address: string): boolean => address.endsWith(TEAM)
) => {
  const carriers = new Map(Object.entries(records));
  const came = new Map<string, CameAs>();
  const messages: (Standing & { inbox: string; named: string[] })[] = [];
  const contact = (documentId: string): LinkedContact => ({ contactType: 'person', documentId });
  const carries = ({ documentId }: LinkedContact, address: string): boolean =>
    carriers.get(documentId)?.includes(address) ?? false;

  const people = (): ThreadCarriers => ({
    carriers: [...carriers].flatMap(([documentId, addresses]) =>
      addresses
        .filter((address) => came.has(address) && !isOurs(address))
        .map((addressHash) => ({ ...contact(documentId), addressHash }))
    ),
    records: messages.flatMap((message) => message.records),
  });
  const asSeen = ({ addresses, records: stoodOn, inbox }: (typeof messages)[number]): SeenMessage => ({
    addressHashes: addresses.map(({ address }) => address),
    records: stoodOn,
    inboxDocumentId: inbox,
  });

  return {
    add: (mail: Mail): void => {
      const named = namedOn(mail);
      const message = {
        direction: isOurs(mail.from) ? ('outgoing' as const) : ('incoming' as const),
        isReport: mail.isReport ?? false,
        authors: [mail.from],
        named,
        writtenFrom: (mail.writtenFrom ?? []).map(contact),
      };
      const facts = {
        isOurs,
        cameAs: (address: string) => came.get(address) ?? null,
        answered: mail.answers === null ? null : (messages[mail.answers ?? messages.length - 1] ?? null),
        carries,
      };
      const standing = standingOf(message, facts);
      for (const [address, how] of newcomersOf(message, facts)) came.set(address, how);
      messages.push({
        ...standing,
        inbox: mail.inbox ?? 'uma',
        named: named.map(({ address }) => address),
      });
    },
    /** A record's addresses become these; none deletes it. */
    change: (documentId: string, addresses: string[]): void => void carriers.set(documentId, addresses),
    remove: (number: number): void => {
      const [gone] = messages.splice(number, 1);
      const left = new Set(messages.flatMap(({ named }) => named));
      for (const address of gone?.named ?? []) if (!left.has(address)) came.delete(address);
    },
    /** The numbers of the messages that stand on a record. */
    on: (documentId: string): number[] => {
      const standsOn = ({ addresses, records: stoodOn }: Standing): boolean =>
        addresses.some(({ address }) => !isOurs(address) && carries(contact(documentId), address)) ||
        stoodOn.some((record) => record.documentId === documentId);
      return messages.flatMap((message, number) => (standsOn(message) ? [number] : []));
    },
    /** The numbers of the messages that a caller sees. */
    seenBy: ({
      reads = [],
      owns = [],
      managesAll = false,
    }: {
      reads?: string[];
      owns?: string[];
      managesAll?: boolean;
    }): number[] => {
      const caller: Caller = { managesAll, inboxDocumentIds: owns, readable: reads.map(contact) };
      const sight = sightOf(people(), caller);
      return messages.flatMap((message, number) => (sees(sight, asSeen(message)) ? [number] : []));
    },
    contactsFor: (reads: string[]): string[] =>
      sightOf(people(), {
        managesAll: false,
        inboxDocumentIds: [],
        readable: reads.map(contact),
      }).contacts.map(recordKey),
  };
};
