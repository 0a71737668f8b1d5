import type { MessageSummary } from '../../../../shared/contracts/message';
import type { Settings } from '../../../../shared/contracts/settings';
import { unreachable } from '../../../../shared/unreachable';

/** An action on a mail that may not have gone out. */
export type WayOut = 'cancel' | 'release' | 'went-out' | 'did-not' | 'send-again' | 'edit';

/** The user who looks at it. */
export interface Reader {
  /** The mail was written from an inbox of theirs: it goes out in their name. */
  isOwn: boolean;
  /** That inbox is connected, so that the mail can go out. */
  isConnected: boolean;
  /** They may change everybody's inboxes. */
  managesAll: boolean;
}

export const readerOf = (
  { inboxDocumentId }: Pick<MessageSummary, 'inboxDocumentId'>,
  ownInboxes: Settings['ownInboxes'],
  managesAll: boolean
): Reader => {
  const inbox = ownInboxes.find(({ documentId }) => documentId === inboxDocumentId);
  return {
    isOwn: inbox !== undefined,
    isConnected: inbox !== undefined && inbox.state !== 'disconnected',
    managesAll,
  };
};

/** S51: each state has a way out, except the one in which the outcome is found out automatically. */
export const waysOut = (
  status: MessageSummary['deliveryStatus'],
  { isOwn, isConnected, managesAll }: Reader
): WayOut[] => {
  const mayDecide = managesAll || isOwn;
  const inTheirName = isOwn && isConnected;
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
      return unreachable(status);
  }
};

/** The mail waits for a person's decision, so that it is shown open. */
export const needsAnswer = ({ deliveryStatus }: Pick<MessageSummary, 'deliveryStatus'>): boolean =>
  deliveryStatus === 'asked' || deliveryStatus === 'held';
