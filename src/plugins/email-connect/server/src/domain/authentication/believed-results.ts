import { domainOf } from '../address/address';
import { isAtOrBelow } from '../address/at-or-below';
import { isSameOwner } from '../address/organisational-domain';
import type { Inbox } from '../inbox/inbox';
import type { TraceField } from '../message/trace';
import { providerHosting } from '../provider/find-provider';
import type { Provider } from '../provider/provider';
import { parseAuthenticationResults } from './authentication-results';
import type { AuthenticationResults, MethodResult } from './authentication-results';
import { readReceived } from './received';
import type { Received } from './received';

/** The server that checks the mail of an inbox, and whose word the inbox takes. */
export type Receiver = Pick<Inbox, 'address' | 'provider' | 'trustedAuthServers'> & {
  imap: Pick<Inbox['imap'], 'host'>;
};

/**
 * What the receiving server found of a message's sender. Whoever sends a message may put Authentication-Results into
 * it, in whatever name (RFC 8601 7.1): only those are believed that the receiving server wrote.
 *
 * - A provider whose name is known removes foreign fields of its name (RFC 8601 5): where the inbox lies there, the
 *   topmost field is believed if it has that name.
 * - Elsewhere the place tells. Every server puts its fields above what a message brings, so that what stands above the
 *   Received of the server that took it from outside was written by the own servers, and what stands below by others.
 * - A server that a person named: they say that it removes foreign fields of its name, wherever its own stand.
 *
 * No field without a name is believed, except of the one provider that leaves its name out.
 */
export const believedResults = (trace: readonly TraceField[], receiver: Receiver): MethodResult[] => {
  const { trustedAuthServers } = receiver;
  if (trustedAuthServers === 'nobody') return [];
  const provider = providerHosting(receiver);
  if (trustedAuthServers !== 'known') {
    const isTrusted = isOfOneOf(trustedAuthServers, provider);
    return resultsOf(named(trace, isTrusted, [...trustedAuthServers, ...namesOf(receiver, provider)]));
  }
  if (provider && provider.authServers.length > 0) {
    const [top] = trace.filter(isResults).map(read);
    return resultsOf(top && isOfOneOf(provider.authServers, provider)(top) ? top : null);
  }
  const isOwn = ({ authservId }: AuthenticationResults): boolean =>
    [domainOf(receiver.address), receiver.imap.host].some((own) => isSameOwner(authservId, own));
  return ownFields(trace).filter(isOwn).flatMap(resultsOf);
};

const resultsOf = (field: AuthenticationResults | null): MethodResult[] => field?.results ?? [];

const isResults = ({ name }: TraceField): boolean => name === 'authentication-results';

const read = ({ value }: TraceField): AuthenticationResults | null => parseAuthenticationResults(value);

/** A field without a name counts as one of `servers` where the inbox lies at the provider that leaves its name out. */
const isOfOneOf = (servers: readonly string[], provider: Provider | null) => {
  const unnamed = provider?.omitsAuthservId ? (provider.authServers[0] ?? '') : '';
  return ({ authservId }: AuthenticationResults): boolean =>
    servers.some((server) => isAtOrBelow(authservId || unnamed, server));
};

/**
 * The topmost trusted field, if it stands above the first server that is foreign. An unreadable field may be the
 * trusted server's own: no field below it is believed.
 */
const named = (
  trace: readonly TraceField[],
  isTrusted: (field: AuthenticationResults) => boolean,
  own: readonly string[]
): AuthenticationResults | null => {
  for (const field of above(trace, ({ by }) => !isOfHouse(by, own)).fields) {
    const results = read(field);
    if (!results || isTrusted(results)) return results;
  }
  return null;
};

/**
 * What stands above the server that took the message from outside. Servers take mail from each other by SMTP and hand
 * it to the mailbox by LMTP, so that is the first one that took it by anything but LMTP: the name of a host, and even
 * the address of a client, may be another's invention or that of a tunnel. None if there is no such server, or one field
 * cannot be read.
 */
const ownFields = (trace: readonly TraceField[]): AuthenticationResults[] => {
  const { fields, isBounded } = above(trace, ({ isDelivery }) => !isDelivery);
  const results = fields.map(read);
  return isBounded && !results.includes(null) ? results.filter((one) => one !== null) : [];
};

const above = (
  trace: readonly TraceField[],
  isFirst: (received: Received) => boolean
): { fields: TraceField[]; isBounded: boolean } => {
  const end = trace.findIndex(({ name, value }) => name === 'received' && isFirst(readReceived(value)));
  return { fields: (end < 0 ? trace : trace.slice(0, end)).filter(isResults), isBounded: end >= 0 };
};

const namesOf = ({ address, imap }: Receiver, provider: Provider | null): string[] => [
  domainOf(address),
  imap.host,
  ...(provider?.authServers ?? []),
];

/** Also a name or an address that means nothing outside: a container's, `mx3`, `store.internal`, 10.1.2.3; or none. */
const isOfHouse = (by: string, own: readonly string[]): boolean =>
  isInternal(by) || own.some((name) => isSameOwner(by, name));

const isInternal = (by: string): boolean =>
  !by.includes('.') || /^[\d.]+$|^\[|:|\.(internal|local|localdomain|lan|localhost)$/.test(by);
