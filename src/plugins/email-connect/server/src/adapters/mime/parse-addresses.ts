import addressparser from 'nodemailer/lib/addressparser';
import type { Address } from '../../domain/message/message';
import { decodedText, onOneLine } from './header-text';

const MOST_ADDRESSES = 1000;
const LONGEST_LIST = 256 * 1024;
/**
 * `Name <a@b>`, `"Name" <a@b>`, `<a@b>` and `a@b` without anything that needs the full grammar: nearly all addresses
 * of a scan.
 */
const PLAIN =
  /^(?:"?([^"\\<>@,;:()]*?)"?\s*<([^\s<>"@(),;:\\=]+@[^\s<>"@(),;:\\=]+)>|([^\s<>"@(),;:\\=]+@[^\s<>"@(),;:\\=]+))$/;
/** Characters that may stand around a comma which does not separate two addresses. */
const NEEDS_GRAMMAR = /["\\():;]/;
/** RFC 2047 5: an encoded word may not stand in an addr-spec; one that hides a second address is an attack. */
const SIMPLE_ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/;

/**
 * The mailboxes of an address field (RFC 5322 3.4), groups flattened, display names decoded.
 * A bare word is kept as a local address (`From: MAILER-DAEMON`); a name without an address is not one.
 */
export const parseAddresses = (values: readonly string[]): Address[] => {
  const addresses: Address[] = [];
  for (const value of values) {
    const trimmed = value.trim();
    if (trimmed === '') continue;
    addresses.push(...(parsePlainList(trimmed) ?? parseByGrammar(trimmed)));
    if (addresses.length > MOST_ADDRESSES) return addresses.slice(0, MOST_ADDRESSES);
  }
  return addresses;
};

/** null when one of them needs the full grammar. */
const parsePlainList = (value: string): Address[] | null => {
  const addresses: Address[] = [];
  for (const item of NEEDS_GRAMMAR.test(value) ? [value] : value.split(',')) {
    const plain = PLAIN.exec(item.trim());
    if (!plain) return null;
    addresses.push({
      address: onOneLine(plain[2] ?? plain[3] ?? ''),
      displayName: decodedText(plain[1] ?? ''),
    });
  }
  return addresses;
};

const parseByGrammar = (value: string): Address[] => {
  try {
    return addressparser(value.slice(0, LONGEST_LIST), { flatten: true }).flatMap(({ name, address }) => {
      const decoded = decodedAddress(onOneLine(address ?? '').trim());
      if (decoded) return [{ address: decoded, displayName: decodedText(name ?? '') }];
      return /^[^\s=?]+$/.test(name) ? [{ address: onOneLine(name), displayName: '' }] : [];
    });
  } catch {
    return [];
  }
};

const decodedAddress = (address: string): string => {
  if (!address.includes('=?')) return address;
  const decoded = decodedText(address);
  return SIMPLE_ADDRESS.test(decoded) && !decoded.includes('=?') ? decoded : '';
};
