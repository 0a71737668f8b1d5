import type { MessageId } from '../../../domain/identification/message-id';
import type { MessageHeaders, ReturnedMessage } from '../../../domain/message/message';
import { headersWith, id } from '../../fakes/build-mail';
import { CONNECTED_AT } from './time';

/**
 * What a mail is to the site. `reply`, `token`: it cites a mail sent from here, or its thread only; `nameless`: a reply
 * without Message-ID; `sent`: the user's own answer; `bounce`: names what it is about in its returned part;
 * `chain`: cites one other mail and nothing else; `stranger`: nobody we know; `side`: to a colleague, about a thread;
 * `unlogged`: cites a mail of a thread that was un-logged; `copy`: the mail that was sent from here, under the id that
 * the server gave it; `poison`: a stranger's, which says that it is that mail; `claim`: the same, and it cites the thread.
 */
export const mailKinds = [
  'reply',
  'token',
  'nameless',
  'sent',
  'bounce',
  'chain',
  'stranger',
  'side',
  'unlogged',
  'copy',
  'poison',
  'claim',
] as const;
export type MailKind = (typeof mailKinds)[number];

export interface ModelMail {
  key: string;
  kind: MailKind;
  headers: MessageHeaders;
  size: number;
  returned: ReturnedMessage | null;
  /** The one id it leads to others by; null for none. */
  cites: MessageId | null;
  /** Stands in its body, and in its subject when nobody may keep it. */
  canary: string;
}

/** What a mail is about: the mail before it, for a `chain`; the thread by whose mail it can be told, for most others. */
export interface Matter {
  parent: ModelMail | null;
  thread: OpenThread;
}

/** Threads that the site has from the beginning, each with the mail that was sent in it, and its token. */
export const openThreads = ['T', 'V'] as const;
export type OpenThread = (typeof openThreads)[number];

const sentIn: Record<OpenThread, MessageId> = { T: id('sent.1@crm.test'), V: id('sent.3@crm.test') };
const tokenOf: Record<OpenThread, MessageId> = { T: id('t.1@crm.test'), V: id('t.3@crm.test') };
export const UNLOGGED_ROOT = id('sent.2@crm.test');

/** The fields of the mail that was sent in a thread, which whoever got it can write into another. */
export const sentHeaders = (thread: OpenThread): MessageHeaders =>
  headersWith({
    messageId: sentIn[thread],
    references: [tokenOf[thread]],
    from: address(US),
    to: address(ANN),
    subject: 'Offer',
    sentAt: new Date(CONNECTED_AT - (openThreads.indexOf(thread) + 1) * HOUR_MS).toISOString(),
  });

/** By what it is known that a mail belongs there. */
export const marksOf = (thread: OpenThread): { root: MessageId; token: MessageId } => ({
  root: sentIn[thread],
  token: tokenOf[thread],
});

const HOUR_MS = 3_600_000;

const address = (text: string) => [{ address: text, displayName: '' }];
const US = 'us@crm.test';
const ANN = 'ann@customer.test';

export const mailOf = (number: number, kind: MailKind, at: Date, matter: Matter): ModelMail => {
  const key = `mail${number}`;
  const canary = `canary${number}.`;
  const cites = citedBy(kind, matter);
  const headers = headersWith({
    messageId: kind === 'nameless' ? null : id(`${key}@customer.test`),
    inReplyTo: cites === null || kind === 'bounce' || kind === 'token' ? [] : [cites],
    references: kind === 'token' && cites !== null ? [cites] : [],
    subject: isKept(kind) ? 'Re: Offer' : `Re: ${canary}`,
    sentAt: at.toISOString(),
    ...peopleOf(kind),
    ...(isLikeSent(kind) ? likeSent(kind, matter.thread) : {}),
    ...(kind === 'bounce' ? { contentType: 'multipart/report; report-type=delivery-status' } : {}),
  });
  const returned =
    kind === 'bounce' && cites !== null ? { messageIds: [cites], envelopeId: '', recipients: [] } : null;
  return { key, kind, headers, size: 1_000 + number, returned, cites, canary };
};

const isLikeSent = (kind: MailKind): boolean => kind === 'copy' || kind === 'poison' || kind === 'claim';

const likeSent = (kind: MailKind, thread: OpenThread): Partial<MessageHeaders> => {
  const { messageId, references, subject, sentAt } = sentHeaders(thread);
  const originalMessageIds = kind === 'copy' || messageId === null ? [] : [messageId];
  return {
    inReplyTo: [],
    references: kind === 'poison' ? [] : references,
    subject,
    sentAt,
    originalMessageIds,
  };
};

const isKept = (kind: MailKind): boolean => kind !== 'stranger' && kind !== 'side' && kind !== 'unlogged';

const citedBy = (kind: MailKind, { parent, thread }: Matter): MessageId | null => {
  switch (kind) {
    case 'stranger':
    case 'poison':
      return null;
    case 'chain':
      return parent?.headers.messageId ?? null;
    case 'token':
    case 'copy':
    case 'claim':
      return tokenOf[thread];
    case 'unlogged':
      return UNLOGGED_ROOT;
    default:
      return sentIn[thread];
  }
};

const peopleOf = (kind: MailKind): Pick<MessageHeaders, 'from' | 'to'> => {
  switch (kind) {
    case 'sent':
    case 'copy':
      return { from: address(US), to: address(ANN) };
    case 'side':
      return { from: address(US), to: address('colleague@crm.test') };
    case 'bounce':
      return { from: address('mailer-daemon@customer.test'), to: address(US) };
    case 'stranger':
    case 'poison':
    case 'claim':
      return { from: address('bob@elsewhere.test'), to: address(US) };
    default:
      return { from: address(ANN), to: address(US) };
  }
};
