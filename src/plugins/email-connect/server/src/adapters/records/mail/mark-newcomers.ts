import type { RecordMark } from '../../../domain/message/message';
import { markOfAuthor } from '../../../domain/message/newcomer';
import type { EarlierMessage } from '../../../domain/message/newcomer';
import { authorsOf } from '../../../domain/message/participants';
import type { Strapi } from '../base/strapi';
import { loadEarlier, loadThreadPeople } from '../facts/thread-people';
import type { ThreadPeople } from '../facts/thread-people';
import { loadContactNames } from '../people/contact-names';
import type { PlacedMessage } from './message-rows';

/**
 * These messages, those by somebody new to their thread marked (S44): by what is recorded at this moment, and what
 * stands before them in this list. Their threads exist. The number of queries does not grow with the messages; where
 * all authors are contacts or ours, as in most mail, nothing of earlier messages is loaded.
 */
export const markNewcomers = async (
  strapi: Strapi,
  added: readonly PlacedMessage[]
): Promise<readonly PlacedMessage[]> => {
  const letters = added.filter(isLetter);
  if (letters.length === 0) return added;
  const people = await loadThreadPeople(strapi, letters.map(threadOf));
  const isByStranger = (place: PlacedMessage): boolean => {
    const [author = ''] = authorsOf(place.message.parsed.headers);
    const thread = people.get(threadOf(place));
    return isLetter(place) && thread !== undefined && !thread.isOurs(author) && !thread.isOfContacts(author);
  };
  const threads = letters.filter(isByStranger).flatMap((place) => people.get(threadOf(place)) ?? []);
  if (threads.length === 0) return added;
  const earlier = await loadEarlier(
    strapi,
    threads.flatMap(({ threadDocumentIds }) => threadDocumentIds)
  );
  const names = await loadContactNames(
    strapi,
    threads.flatMap(({ contacts }) => contacts)
  );
  const marked: PlacedMessage[] = [];
  for (const place of added) {
    const thread = people.get(threadOf(place));
    const mark = thread && isByStranger(place) ? markOf(place, thread, earlier, names, marked) : null;
    marked.push(mark === null ? place : { ...place, marks: [...place.marks, mark] });
  }
  return marked;
};

const threadOf = ({ message }: PlacedMessage): string => message.threadDocumentId;

/** What a person wrote to us. Notices come from mail systems, and from any address of a person. */
const isLetter = ({ message: { direction, notice } }: PlacedMessage): boolean =>
  direction === 'incoming' && notice === null;

const markOf = (
  { message }: PlacedMessage,
  people: ThreadPeople,
  earlier: ReadonlyMap<string, readonly EarlierMessage[]>,
  names: ReadonlyMap<string, string>,
  listed: readonly PlacedMessage[]
): RecordMark | null => {
  const { threadDocumentIds, contacts } = people;
  const before = listed.filter((place) => threadDocumentIds.includes(threadOf(place)));
  return markOfAuthor(message.parsed.headers, {
    isOurs: people.isOurs,
    isOfContacts: people.isOfContacts,
    participants: new Set([...people.participants, ...before.flatMap((place) => place.message.participants)]),
    contactNames: contacts.flatMap(({ documentId }) => names.get(documentId) ?? []),
    earlier: [...threadDocumentIds.flatMap((thread) => earlier.get(thread) ?? []), ...before.map(toEarlier)],
  });
};

const toEarlier = ({ message, marks }: PlacedMessage): EarlierMessage => {
  const { from, to, cc } = message.parsed.headers;
  return {
    direction: message.direction,
    from: from[0] ?? { address: '', displayName: '' },
    recipients: [...to, ...cc, ...message.bcc],
    marks,
  };
};
