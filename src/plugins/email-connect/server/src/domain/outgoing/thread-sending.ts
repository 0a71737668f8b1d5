import type { DeliveryStatus } from './outgoing';

/** What a list shows of the mail of a conversation that is not simply sent. */
export type ThreadSending = Extract<
  DeliveryStatus,
  'asked' | 'held' | 'unknown' | 'queued' | 'failed' | 'bounced'
>;

/** What waits for a person comes first. */
const FIRST_TO_LAST = ['asked', 'held', 'unknown', 'queued'] as const satisfies ThreadSending[];

/**
 * The one state that matters most: of all mail that is still on its way, else how the newest message of the conversation
 * ended if it did not arrive; null for nothing to say. `isNewest`: no message of it is newer.
 */
export const threadSending = (
  mails: readonly { deliveryStatus: DeliveryStatus; isNewest: boolean }[]
): ThreadSending | null => {
  const open = FIRST_TO_LAST.find((status) => mails.some(({ deliveryStatus }) => deliveryStatus === status));
  if (open) return open;
  const newest = mails.find(({ isNewest }) => isNewest)?.deliveryStatus;
  return newest === 'failed' || newest === 'bounced' ? newest : null;
};
