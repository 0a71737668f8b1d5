import type { MessageId } from '../../domain/identification/message-id';
import type { MessageHeaders } from '../../domain/message/message';
import { headersWith, id } from '../fakes/messages';

/**
 * `reply`: from a contact, to something that it cites; `own`: the user's copy of such a mail; `side`: a colleague's word
 * on it to us alone; `stranger`: cites nothing.
 */
export type MailKind = 'reply' | 'own' | 'side' | 'stranger';

/** One mail of the world, wherever copies of it lie. */
export interface Mail {
  kind: MailKind;
  messageId: MessageId;
  cites: MessageId | null;
  headers: MessageHeaders;
  /** It came before the inbox was connected. */
  isOld: boolean;
  /** It was moved, copied, or shown late: a mail of old that was so may count as one that arrives (S7). */
  hasMoved: boolean;
  /** The database does not take it. */
  isUnstorable: boolean;
}

/** Threads that the site has from the start, by the mail that was sent in them. */
export const roots = new Map<MessageId, string>([
  [id('sent.1@crm.test'), 'T1'],
  [id('sent.2@crm.test'), 'T2'],
  [id('sent.9@crm.test'), 'U'],
]);

const us = { address: 'us@crm.test', displayName: '' };
const colleague = { address: 'colleague@crm.test', displayName: '' };
const ann = { address: 'ann@customer.test', displayName: 'Ann' };
const stranger = { address: 'someone@else.test', displayName: '' };

/** The `number`-th mail; `cites` is any id for all but strangers. */
export const mailOf = (
  kind: MailKind,
  number: number,
  cites: MessageId,
  sentAt: string,
  isOld: boolean
): Mail => {
  const messageId = id(`${kind}.${number}@customer.test`);
  const cited = kind === 'stranger' ? null : cites;
  const headers = headersWith({
    messageId,
    inReplyTo: cited === null ? [] : [cited],
    sentAt,
    ...people[kind],
    ...(kind === 'stranger' ? { subject: `Party ${number}` } : {}),
  });
  return { kind, messageId, cites: cited, headers, isOld, hasMoved: false, isUnstorable: false };
};

const people: Record<MailKind, Partial<MessageHeaders>> = {
  reply: { from: [ann], to: [us] },
  own: { from: [us], to: [ann] },
  side: { from: [colleague], to: [us] },
  stranger: { from: [stranger], to: [us] },
};
