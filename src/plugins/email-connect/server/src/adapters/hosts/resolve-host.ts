import { lookup as lookupAddresses } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { EmailConnectError } from '../../domain/errors';
import { assertMailPort } from '../../domain/inbox/mail-ports';
import type { PortRange } from '../../domain/inbox/mail-ports';
import { withinTime } from '../../net/within-time';
import type { Hosts } from '../../ports';
import { addRange, isListed, isPrivate } from './private-networks';

export interface HostsOptions {
  /** Names, IP addresses or CIDR ranges of private networks that may be dialled all the same. */
  allowedPrivateHosts: readonly string[];
  /** Ports that may be dialled besides those of mail. */
  allowedPorts: readonly PortRange[];
  /** Every IP address of a name; rejects when there is none. Default: the system's resolver. */
  lookup?: (name: string) => Promise<string[]>;
  /** How long to wait for the name server, in ms. */
  lookupTimeoutMs?: number;
}

const LOOKUP_TIMEOUT_MS = 20_000;

/**
 * Resolves a typed-in host once and hands out an address that may be dialled (S37). The adapters dial that address,
 * so a name that resolves to another address after the check (DNS rebinding) gains nothing. IPv4 comes first: a
 * server without IPv6 is common, a mail server without IPv4 is not. Throws INPUT_INVALID at once when an entry of
 * `allowedPrivateHosts` is no name, address or range.
 */
export const createHosts = ({
  allowedPrivateHosts,
  allowedPorts,
  lookup = systemLookup,
  lookupTimeoutMs = LOOKUP_TIMEOUT_MS,
}: HostsOptions): Hosts => {
  const allowed = readAllowed(allowedPrivateHosts);
  return {
    resolve: async ({ host, port }, signal) => {
      const name = readHost(host);
      assertMailPort({ host, port }, allowedPorts);
      const late = () => lookupTimedOut(host);
      const addresses = isIP(name)
        ? [name]
        : await withinTime(signal, lookupTimeoutMs, late, () => findAddresses(name, host, lookup));
      const mayDial = (ip: string) =>
        !isPrivate(ip) || allowed.names.has(name) || isListed(allowed.ranges, ip);
      const dialable = addresses.filter(mayDial);
      const ip = dialable.find((address) => isIP(address) === 4) ?? dialable[0];
      if (ip === undefined) throw hostPrivate(host, addresses);
      return ip;
    },
  };
};

const systemLookup = async (name: string): Promise<string[]> =>
  (await lookupAddresses(name, { all: true })).map(({ address }) => address);

const findAddresses = async (
  name: string,
  host: string,
  lookup: (name: string) => Promise<string[]>
): Promise<string[]> => {
  let addresses: string[];
  try {
    addresses = await lookup(name);
  } catch (error) {
    throw hostNotFound(host, error instanceof Error ? error.message : String(error));
  }
  // fe80::1%eth0: a zone is valid on this machine only and means nothing in a list.
  const usable = addresses.filter((address) => isIP(address) !== 0 && !address.includes('%'));
  if (usable.length === 0) throw hostNotFound(host, '');
  return usable;
};

/** RFC 1123 2.1; the underscore is not allowed there but is in use. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** The host in ASCII and lower case, or an IP address. A URL, a port, white space or a line break is refused. */
const readHost = (host: string): string => {
  if (isIP(host) && !host.includes('%')) return host.toLowerCase();
  // Checked before the conversion, which would silently drop or map some of these.
  if (/[\s\p{Cc}\p{Cf}/\\@:?#%[\]<>"'`]/u.test(host)) throw hostInvalid(host);
  const name = domainToASCII(host).replace(/\.$/, '').toLowerCase();
  if (isIP(name)) return name;
  if (name === '' || name.length > 253 || !name.split('.').every((label) => LABEL.test(label)))
    throw hostInvalid(host);
  return name;
};

const readAllowed = (entries: readonly string[]): { names: ReadonlySet<string>; ranges: BlockList } => {
  const ranges = new BlockList();
  const names = new Set<string>();
  for (const entry of entries.map((text) => text.trim())) {
    if (!addRange(ranges, entry)) names.add(readHost(entry));
  }
  return { names, ranges };
};

const hostInvalid = (host: string): EmailConnectError =>
  new EmailConnectError(
    'INPUT_INVALID',
    'This is not a host name.',
    'Enter a name such as imap.example.org, without "https://", port or spaces.',
    printable(host)
  );

const hostNotFound = (host: string, detail: string): EmailConnectError =>
  new EmailConnectError(
    'HOST_NOT_FOUND',
    `There is no host "${printable(host)}".`,
    'Check the spelling of the host name, and the DNS of this server.',
    detail
  );

const lookupTimedOut = (host: string): EmailConnectError =>
  new EmailConnectError(
    'CONNECTION_TIMED_OUT',
    `Nobody told the address of "${printable(host)}" in time.`,
    'Check the spelling of the host name, and the DNS of this server.'
  );

const hostPrivate = (host: string, addresses: string[]): EmailConnectError =>
  new EmailConnectError(
    'HOST_PRIVATE',
    `"${printable(host)}" is inside an internal network and may not be dialled.`,
    'If it is your own mail server, an administrator of this installation adds it to allowedPrivateHosts.',
    addresses.join(', ')
  );

const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 253);
