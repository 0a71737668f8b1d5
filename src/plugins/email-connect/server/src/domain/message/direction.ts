import { normalizeAddress } from '../address/address';
import type { Direction, MessageHeaders } from './message';
import { authorsOf } from './participants';

/**
 * `outgoing` when the inbox wrote it, also for a mail to oneself (c52). A message without From is judged by its
 * Sender.
 */
export const directionOf = (
  headers: Pick<MessageHeaders, 'from' | 'sender'>,
  inboxAddress: string
): Direction => (authorsOf(headers).includes(normalizeAddress(inboxAddress)) ? 'outgoing' : 'incoming');
