import { domainOf } from '../address/address';
import { isSameOwner } from '../address/organisational-domain';
import type { MessageHeaders } from '../message/message';
import type { TraceField } from '../message/trace';
import { domainsIn } from './authentication-results';
import type { MethodResult } from './authentication-results';
import { believedResults } from './believed-results';
import type { Receiver } from './believed-results';

/**
 * Whether the receiving server vouches that the author's domain sent this (S28): DMARC passed, or SPF or DKIM did for
 * a domain of the same owner (RFC 7489 3.1). `trace`: the topmost field first.
 */
export const isSenderProven = (
  { from }: Pick<MessageHeaders, 'from'>,
  trace: readonly TraceField[],
  receiver: Receiver
): boolean => {
  const [author, ...others] = from;
  const domain = author === undefined || others.length > 0 ? '' : domainOf(author.address);
  return domain !== '' && vouchesFor(domain, believedResults(trace, receiver));
};

/** A DMARC failure outweighs whatever else passed; DMARC without a policy (`none`) leaves it to SPF and DKIM. */
const vouchesFor = (domain: string, results: readonly MethodResult[]): boolean => {
  const passed = (method: string): MethodResult[] =>
    results.filter((one) => one.method === method && one.result === 'pass');
  if (results.some(({ method, result }) => method === 'dmarc' && result === 'fail')) return false;
  return (
    passed('dmarc').some((one) => isAbout(one, 'header.from', domain) !== false) ||
    passed('spf').some((one) => isAbout(one, 'smtp.mailfrom', domain) === true) ||
    passed('dkim').some(
      (one) => (isAbout(one, 'header.d', domain) ?? isAbout(one, 'header.i', domain)) === true
    )
  );
};

/** null when the property is missing; of several values, all have to match. */
const isAbout = (result: MethodResult, name: string, domain: string): boolean | null => {
  const domains = domainsIn(result, name);
  return domains.length === 0 ? null : domains.every((one) => isSameOwner(one, domain));
};
