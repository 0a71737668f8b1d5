import { domainOf } from '../address/address';
import { isAtOrBelow } from '../address/at-or-below';
import { isSameOwner } from '../address/organisational-domain';
import type { MessageHeaders } from '../message/message';
import { providers } from '../provider/providers';
import { parseAuthenticationResults } from './authentication-results';
import type { AuthenticationResults, MethodResult } from './authentication-results';

/** The server that checks the mail of an inbox. */
export interface Receiver {
  inboxAddress: string;
  /** authserv-ids that are believed, or domains above them; [] for what is known of the inbox's own domain. */
  trustedAuthServers: readonly string[];
}

/** The name of the server that leaves its own name out of the field. */
const UNNAMED = providers.find(({ omitsAuthservId }) => omitsAuthservId)?.authServers[0] ?? '';

/** No chain of servers adds more fields; a sender who writes more hopes that a forged one is believed. */
const MOST_FIELDS = 50;

/**
 * Whether the receiving server vouches that the author's domain sent this (S28): DMARC passed, or SPF or DKIM did for
 * a domain of the same owner (RFC 7489 3.1). Only one field is believed: the topmost one of a server that is named as
 * trusted; without trusted names, the topmost field, if it names the inbox's own domain or a known provider. Fields
 * below it may be the sender's own invention (RFC 8601 7.1). A server that neither adds the field nor removes forged
 * ones (RFC 8601 5) proves nothing: name no trusted server for it.
 */
export const isSenderProven = (
  headers: Pick<MessageHeaders, 'from' | 'authenticationResults'>,
  receiver: Receiver
): boolean => {
  const [author, ...others] = headers.from;
  const domain = author === undefined || others.length > 0 ? '' : domainOf(author.address);
  if (domain === '') return false;
  const field = believedField(headers.authenticationResults, receiver);
  return field !== null && vouchesFor(domain, field.results);
};

const believedField = (fields: readonly string[], receiver: Receiver): AuthenticationResults | null => {
  if (receiver.trustedAuthServers.length === 0) {
    const top = parseAuthenticationResults(fields[0] ?? '');
    return top && isOfReceiver(serverOf(top), receiver.inboxAddress) ? top : null;
  }
  for (const field of fields.slice(0, MOST_FIELDS)) {
    const read = parseAuthenticationResults(field);
    // An unreadable field may be the trusted server's own: no field below it is believed.
    if (!read) return null;
    if (receiver.trustedAuthServers.some((trusted) => isAtOrBelow(serverOf(read), trusted))) return read;
  }
  return null;
};

const serverOf = ({ authservId }: AuthenticationResults): string => authservId || UNNAMED;

const isOfReceiver = (server: string, inboxAddress: string): boolean =>
  isSameOwner(server, domainOf(inboxAddress)) ||
  providers.some(({ authServers }) => authServers.some((known) => isAtOrBelow(server, known)));

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

/**
 * null when the property is missing. Its value is the domain, or an address of that domain; of several values, all
 * have to match.
 */
const isAbout = ({ properties }: MethodResult, name: string, domain: string): boolean | null => {
  const values = properties.filter(([key]) => key === name).map(([, value]) => value);
  if (values.length === 0) return null;
  return values.every((value) => isSameOwner(value.slice(value.lastIndexOf('@') + 1), domain));
};
