import { asciiDomain, domainOf } from '../address/address';
import { isAtOrBelow } from '../address/at-or-below';
import { organisationalDomain } from '../address/organisational-domain';
import type { Provider } from './provider';
import { providers } from './providers';

/** The provider an address belongs to by its domain; null for a domain of one's own, which may lie with any of them. */
export const providerOfAddress = (address: string): Provider | null => {
  const domain = domainOf(address);
  return providers.find(({ domains }) => domains.includes(domain)) ?? null;
};

/** Whose mail server answers to that name; null when nobody's we know. */
export const providerOfHost = (host: string): Provider | null => {
  const name = asciiDomain(host);
  // Proton's Bridge runs on the machine itself: its address names nobody.
  if (!/[a-z]/.test(name)) return null;
  return providers.find((provider) => namesOf(provider).some((known) => isNamed(name, known))) ?? null;
};

const namesOf = ({ imap, smtp, domains, serverDomains }: Provider): string[] => [
  imap.host,
  smtp.host,
  ...domains,
  ...serverDomains,
];

/** `known`: a host, a domain above it, or `yahoo.*` for a domain of that name in any country. */
const isNamed = (name: string, known: string): boolean =>
  known.endsWith('.*') ? organisationalDomain(name).startsWith(known.slice(0, -1)) : isAtOrBelow(name, known);
