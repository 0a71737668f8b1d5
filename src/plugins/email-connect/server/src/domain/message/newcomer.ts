import { normalizeAddress } from '../address/address';
import type { Address, Direction, MessageHeaders, RecordMark } from './message';

/** A message that was recorded in the conversation before. */
export interface EarlierMessage {
  direction: Direction;
  from: Address;
  /** To, Cc and Bcc. */
  recipients: readonly Address[];
  marks: readonly string[];
}

/** Who belongs to a conversation. Addresses are normalised. */
export interface Company {
  isOurs(address: string): boolean;
  /** Whether the address stands on the record of one of the conversation's contacts. */
  isOfContacts(address: string): boolean;
  contactNames: readonly string[];
  /** Everyone who was named on an earlier message. */
  participants: ReadonlySet<string>;
  /** The newest of the earlier messages. */
  earlier: readonly EarlierMessage[];
}

/**
 * The mark of a message by somebody new to its conversation (S44): whoever got hold of a Message-ID can write into it
 * (S15), under any display name. null: the address is ours or a contact's, somebody else named it here before, or the
 * message begins the conversation. Who came by himself stays new until one of us writes to him: a harmless first mail
 * earns nothing. Mail by a list is known by the list (RFC 2919), if that is not a person's address.
 */
export const markOfAuthor = (
  headers: Pick<MessageHeaders, 'from' | 'sender' | 'listId'>,
  company: Company
): RecordMark | null => {
  if (company.participants.size === 0) return null;
  const [author = { address: '', displayName: '' }] = headers.from.length > 0 ? headers.from : headers.sender;
  const address = normalizeAddress(author.address);
  if (company.isOurs(address) || company.isOfContacts(address)) return null;
  if (company.participants.has(address) && !cameAlone(address, company)) return null;
  if (borrowsName(author.displayName, address, company)) return 'borrowed-name';
  return isByKnownList(headers.listId, company) ? null : 'new-address';
};

/** A mark for somebody new to a conversation. */
export const isMarkOfNewcomer = (mark: string): boolean => mark === 'new-address' || mark === 'borrowed-name';

const isBy = (address: string, message: EarlierMessage): boolean =>
  normalizeAddress(message.from.address) === address;

const cameAlone = (address: string, { earlier }: Company): boolean =>
  earlier.some((message) => isBy(address, message) && message.marks.some(isMarkOfNewcomer)) &&
  !earlier.some(
    ({ direction, recipients }) =>
      direction === 'outgoing' && recipients.some((one) => normalizeAddress(one.address) === address)
  );

/**
 * The name of somebody else in the conversation, alone or with words around it (`Ann Miller, Sales`); a single word
 * only alone. Or an address of somebody else: programs show the name and hide the address.
 */
const borrowsName = (displayName: string, address: string, company: Company): boolean => {
  const words = wordsOf(displayName);
  if (words.length === 0) return false;
  const isElse = (one: Address): boolean => normalizeAddress(one.address) !== address;
  const named = company.earlier
    .filter(({ marks }) => !marks.some(isMarkOfNewcomer))
    .flatMap(({ from, recipients }) => [from, ...recipients])
    .filter(isElse);
  const names = [...company.contactNames, ...named.map((one) => one.displayName)].map(wordsOf);
  return names.some((name) => isSameName(name, words)) || showsAddress(displayName, address, company);
};

const isSameName = (name: readonly string[], words: readonly string[]): boolean =>
  name.length === 1
    ? words.length === 1 && words[0] === name[0]
    : name.length > 1 && name.every((word) => words.includes(word));

const LONGEST_NAME = 1_000;

/** Letters and digits only, without accents, so that no sign nobody sees makes another name of it. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, LONGEST_NAME)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const showsAddress = (displayName: string, address: string, company: Company): boolean =>
  displayName
    .slice(0, LONGEST_NAME)
    .split(/[\s<>()[\],;:"']+/)
    .map(normalizeAddress)
    .some(
      (shown) =>
        shown.includes('@') &&
        shown !== address &&
        (company.participants.has(shown) || company.isOfContacts(shown) || company.isOurs(shown))
    );

/** `List-Id: Offers <offers.groups.test>` is the list offers@groups.test. Anybody may write it: no person is a list. */
const isByKnownList = (listId: string, company: Company): boolean => {
  const [, local = '', domain = ''] =
    /<?([^<>\s.]{1,64})\.([^<>\s]{1,253})>?\s*$/.exec(listId.slice(-1_000)) ?? [];
  const list = normalizeAddress(`${local}@${domain}`);
  return (
    company.participants.has(list) &&
    !company.isOurs(list) &&
    !company.isOfContacts(list) &&
    !company.earlier.some((message) => isBy(list, message))
  );
};
