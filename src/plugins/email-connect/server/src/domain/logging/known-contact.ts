import { normalizeAddress } from '../address/address';
import type { Address } from '../message/message';
import { paused, stayMuted, stayUnlogged } from './in-thread';
import type { Question } from './question';
import { decided } from './steps';
import { targetAnew } from './target';
import type { Decision } from './verdict';

/** All mail with a contact, where the inbox is set to it (S18). Never by an address of the team (P8). */
export const knownContact = (question: Question): Decision | null => {
  const contacts = contactsOn(question);
  if (contacts.length === 0) return null;
  const [contact] = contacts.filter((address) => !question.facts.paused.has(address));
  if (contact === undefined) return paused();
  const target = targetAnew(question);
  if (target.thread?.state === 'unlogged') return stayUnlogged(target.threadDocumentId);
  if (target.thread?.state === 'muted') return stayMuted(target.threadDocumentId);
  const { direction, notice } = question;
  const header = headerNaming(question, contact);
  return decided(
    'known-contact',
    {
      kind: 'log',
      threadDocumentId: target.threadDocumentId,
      begins: target.begins,
      origin: direction === 'outgoing' ? 'sent-folder' : 'reply',
      direction,
      evidence: { rung: 'known-contact', confidence: 1, header, value: contact },
      notice,
      answersDocumentId: null,
    },
    { header, value: contact, detail: 'A contact is on it, and this inbox logs all mail with contacts.' }
  );
};

/** Whether the message is logged because a contact is on it, whatever else it is. */
export const isWithContact = (question: Question): boolean =>
  contactsOn(question).some((address) => !question.facts.paused.has(address));

const contactsOn = (question: Question): string[] =>
  question.context.policy === 'known-contacts' && question.facts.contacts.size > 0
    ? question.outsiders.filter((address) => question.facts.contacts.has(address))
    : [];

const headerNaming = ({ headers }: Question, contact: string): string => {
  const isIn = (list: readonly Address[]): boolean =>
    list.some(({ address }) => normalizeAddress(address) === contact);
  if (isIn(headers.from)) return 'From';
  if (isIn(headers.to)) return 'To';
  if (isIn(headers.cc)) return 'Cc';
  return isIn(headers.sender) ? 'Sender' : 'Reply-To';
};
