import type { DeliveryStatus } from './outgoing';

/** What a list shows about a conversation with mail that is not simply sent. */
export type ThreadSending = Extract<
  DeliveryStatus,
  'asked' | 'held' | 'unknown' | 'queued' | 'failed' | 'bounced'
>;

/** Mail that waits for a person comes first. */
const FIRST_TO_LAST = ['asked', 'held', 'unknown', 'queued'] as const satisfies ThreadSending[];

/**
 * The one state of a conversation that matters most: of all mail that is still on its way; else how its newest
 * message ended, if that did not arrive; null for nothing to show. `isNewest`: no message of the thread is newer.
 */
export const threadSending = (
  mails: readonly { deliveryStatus: DeliveryStatus; isNewest: boolean }[]
): ThreadSending | null => {
  const open = FIRST_TO_LAST.find((status) => mails.some(({ deliveryStatus }) => deliveryStatus === status));
  if (open) return open;
  const newest = mails.find(({ isNewest }) => isNewest)?.deliveryStatus;
  return newest === 'failed' || newest === 'bounced' ? newest : null;
};
