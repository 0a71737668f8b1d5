import type { Direction } from '../message/message';
import type { AddressOnMail } from './standing';

/** What an inbox has to do with a message. Stored when the message is recorded. */
export interface Holding {
  inboxDocumentId: string;
  /** The mail is its own: it sent or logged it, or has a copy that is a true one, or its address is on it besides. */
  holds: boolean;
  /** Its level says how much others are told. */
  decides: boolean;
}

export interface MailToHold {
  direction: Direction;
  /** The inbox that sent or logged it. */
  recordedFrom: string | null;
  named: readonly AddressOnMail[];
}

/**
 * Which inboxes hold a message, and whose level counts: the sender's for a sent mail, else those of To, of Cc, or of all
 * there are (S42). An address on a mail decides at once, but gives its inbox nothing until a copy is found there: whoever
 * connects an inbox says which address it has. `inboxAt`: the inbox of an address that is the team's.
 */
export const holdingsOf = (
  { direction, recordedFrom, named }: MailToHold,
  inboxAt: (address: string) => string | null
): Holding[] => {
  const inboxesOn = (role: AddressOnMail['role']): string[] =>
    named.filter((one) => one.role === role).flatMap(({ address }) => inboxAt(address) ?? []);
  const recorder = recordedFrom === null ? [] : [recordedFrom];
  const senders = direction === 'outgoing' ? [[...inboxesOn('from')], recorder] : [];
  const all = [...(['from', 'to', 'cc', 'bcc'] as const).flatMap(inboxesOn), ...recorder];
  const asked = [...senders, inboxesOn('to'), inboxesOn('cc'), all];
  const deciding = new Set(asked.find((inboxes) => inboxes.length > 0));
  return [...new Set(all)].map((inboxDocumentId) => ({
    inboxDocumentId,
    holds: inboxDocumentId === recordedFrom,
    decides: deciding.has(inboxDocumentId),
  }));
};
