import type { Message } from '../../../../shared/contracts/message';
import type { Settings } from '../../../../shared/contracts/settings';

/** What a person can do about a mail that is not out for certain. */
export type WayOut = 'cancel' | 'release' | 'went-out' | 'did-not' | 'send-again' | 'edit';

/** Who looks at it. */
export interface Reader {
  /** The mail goes out in their name; null while they have no connected inbox, and it is not known here. */
  isOwn: boolean | null;
  /** They may change everybody's inboxes. */
  managesAll: boolean;
}

/**
 * A message does not say which inbox it was written from: by its sender, or where that has another address by now, by the
 * conversation's inbox. The server decides.
 */
export const isOwnMail = (
  { from }: Pick<Message, 'from'>,
  inboxDocumentId: string,
  yourInbox: Settings['yourInbox']
): boolean | null => {
  if (yourInbox === null) return null;
  const isFromYours = from.address.toLowerCase() === yourInbox.address.toLowerCase();
  return isFromYours || inboxDocumentId === yourInbox.documentId;
};

/** S51: each state has a way out, except the one in which it is found out by itself. */
export const waysOut = (status: Message['deliveryStatus'], { isOwn, managesAll }: Reader): WayOut[] => {
  const mayDecide = managesAll || isOwn !== false;
  const inTheirName = isOwn === true;
  switch (status) {
    case 'queued':
      return mayDecide ? ['cancel'] : [];
    case 'held':
      return [...(inTheirName ? ['release' as const] : []), ...(mayDecide ? ['cancel' as const] : [])];
    case 'asked':
      return [
        ...(mayDecide ? (['went-out', 'did-not'] as const) : []),
        ...(inTheirName ? ['send-again' as const] : []),
      ];
    case 'failed':
    case 'cancelled':
      return ['edit'];
    case 'unknown':
    case 'sent':
    case 'delayed':
    case 'bounced':
    case null:
      return [];
    default:
      return status satisfies never;
  }
};

/** It waits for a word of a person, so that it is shown open. */
export const needsAnswer = ({ deliveryStatus }: Pick<Message, 'deliveryStatus'>): boolean =>
  deliveryStatus === 'asked' || deliveryStatus === 'held';
