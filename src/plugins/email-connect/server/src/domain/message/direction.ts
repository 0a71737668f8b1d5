import { normalizeAddress } from '../address/address';
import type { Direction, MessageHeaders } from './message';

/** `outgoing` when the inbox wrote it; so is a mail to oneself (c52). A message without From is judged by its Sender. */
export const directionOf = (
  headers: Pick<MessageHeaders, 'from' | 'sender'>,
  inboxAddress: string
): Direction => {
  const own = normalizeAddress(inboxAddress);
  const authors = headers.from.length > 0 ? headers.from : headers.sender;
  return authors.some(({ address }) => normalizeAddress(address) === own) ? 'outgoing' : 'incoming';
};
