import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not on the public internet, or that lead to such addresses (RFC 6890 and the IANA
 * special-purpose registries). An inbox must not be a way to reach machines beside this server (S37).
 */
const PRIVATE = [
  '0.0.0.0/8', // "this" network; 0.0.0.0 reaches the own machine
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT, RFC 6598
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local; cloud metadata services live here
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '::/96', // unspecified, loopback, and IPv4-compatible addresses
  '::ffff:0:0/96', // IPv4-mapped: any IPv4 address in disguise
  '64:ff9b::/96', // NAT64, the same
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32', // Teredo, the same
  '2001:db8::/32',
  '2002::/16', // 6to4, the same
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10',
  'ff00::/8', // multicast
];

/** Adds an IP address or CIDR range; false when the text is neither. */
export const addRange = (list: BlockList, text: string): boolean => {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) {
    list.addAddress(address, type);
    return true;
  }
  const bits = Number(prefix);
  if (!/^\d{1,3}$/.test(prefix) || bits > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(address, bits, type);
  return true;
};

/** Whether an IP address is on a list. */
export const isListed = (list: BlockList, ip: string): boolean =>
  list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');

const listOf = (family: 4 | 6): BlockList => {
  const list = new BlockList();
  for (const range of PRIVATE) if (range.includes(':') === (family === 6)) addRange(list, range);
  return list;
};

// Two lists: Node compares an IPv4 address also in its IPv4-mapped form, which would find every one of them.
const private4 = listOf(4);
const private6 = listOf(6);

export const isPrivate = (ip: string): boolean => isListed(isIP(ip) === 6 ? private6 : private4, ip);
