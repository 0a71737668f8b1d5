import { asciiDomain, domainOf } from '../address/address';
import { isAtOrBelow } from '../address/at-or-below';
import { organisationalDomain } from '../address/organisational-domain';
import type { Provider } from './provider';
import { providers } from './providers';

/** The provider of an address, by its domain; null for a domain of one's own, which any provider may host. */
export const providerOfAddress = (address: string): Provider | null => {
  const domain = domainOf(address);
  return providers.find(({ domains }) => domains.includes(domain)) ?? null;
};

/** The provider whose mail server has this host name; null for an unknown one. */
export const providerOfHost = (host: string): Provider | null => {
  const name = asciiDomain(host);
  // An address without letters is an IP address, as of Proton's Bridge on the same machine: it names no provider.
  if (!/[a-z]/.test(name)) return null;
  return providers.find((provider) => namesOf(provider).some((known) => isNamed(name, known))) ?? null;
};

/** The provider at which an inbox lies. Its preset counts only with the preset's own host, as of Proton's Bridge. */
export const providerHosting = ({ provider, imap }: Hosted): Provider | null =>
  providerOfHost(imap.host) ??
  providers.find((preset) => preset.key === provider && preset.imap.host === imap.host) ??
  null;

interface Hosted {
  /** The key of a preset, or another word. */
  provider: string;
  imap: { host: string };
}

const namesOf = ({ imap, smtp, domains, serverDomains }: Provider): string[] => [
  imap.host,
  smtp.host,
  ...domains,
  ...serverDomains,
];

/** `known`: a host, a domain above it, or `yahoo.*` for a domain of that name in any country. */
const isNamed = (name: string, known: string): boolean =>
  known.endsWith('.*') ? organisationalDomain(name).startsWith(known.slice(0, -1)) : isAtOrBelow(name, known);
