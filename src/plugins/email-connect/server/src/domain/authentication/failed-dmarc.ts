import { domainOf } from '../address/address';
import { isSameOwner } from '../address/organisational-domain';
import type { MessageHeaders } from '../message/message';
import type { TraceField } from '../message/trace';
import { domainsIn } from './authentication-results';
import { believedResults } from './believed-results';
import type { Receiver } from './believed-results';

/**
 * Whether the receiving server says that the domain of the author who is shown did not send this (RFC 7489 6.6.2): a
 * failure outweighs a pass, and a result about another domain says nothing. `trace`: the topmost field first.
 */
export const hasFailedDmarc = (
  { from: [author] }: Pick<MessageHeaders, 'from'>,
  trace: readonly TraceField[],
  receiver: Receiver
): boolean => {
  const domain = domainOf(author?.address ?? '');
  if (domain === '') return false;
  return believedResults(trace, receiver)
    .filter(({ method, result }) => method === 'dmarc' && result === 'fail')
    .map((failure) => domainsIn(failure, 'header.from'))
    .some((about) => about.length === 0 || about.some((one) => isSameOwner(one, domain)));
};
