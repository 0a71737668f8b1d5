import { EmailConnectError } from '../errors';
import type { Address } from '../message/message';

const LONGEST_LOCAL_PART = 64; // RFC 5321 4.5.3.1.1
const LONGEST_DOMAIN = 253; // RFC 1035 2.3.4, without the last dot

/** RFC 5322 3.2.3 with the letters of RFC 6531. */
const DOT_ATOM = /^[^\s.@<>()[\],;:\\"\p{Cc}\p{Cf}]+(?:\.[^\s.@<>()[\],;:\\"\p{Cc}\p{Cf}]+)*$/u;
const QUOTED = /^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*"$/u;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * The form in which addresses are compared: lower case, domain in A-labels (RFC 5890), nothing around it.
 * RFC 5321 2.4 lets the left part differ by case; no provider does. Never throws.
 */
export const normalizeAddress = (address: string): string => {
  const text = address
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .trim();
  const at = text.lastIndexOf('@');
  if (at < 0) return text.toLowerCase().normalize('NFC');
  return `${text.slice(0, at).toLowerCase().normalize('NFC')}@${asciiDomain(text.slice(at + 1))}`;
};

/** The domain of an address in A-labels, lower case; '' when there is none. */
export const domainOf = (address: string): string => {
  const normal = normalizeAddress(address);
  const at = normal.lastIndexOf('@');
  return at < 0 ? '' : normal.slice(at + 1);
};

/** A domain in lower-case A-labels, without a last dot; as written, in lower case, when it cannot be one. */
export const asciiDomain = (domain: string): string => {
  const lower = withoutLastDots(domain.trimStart().toLowerCase());
  // The URL parser must see nothing but a host: it would cut at a slash, and read 1.2 as an IPv4 address.
  if (!/[^\0-\x7f]/.test(lower) || /[\s\p{Cc}/?#@:\\%[\]]/u.test(lower)) return lower;
  try {
    return new URL(`http://${lower}`).hostname;
  } catch {
    return lower;
  }
};

const withoutLastDots = (domain: string): string => {
  let end = domain.length;
  while (/[.\s]/.test(domain[end - 1] ?? '')) end -= 1;
  return domain.slice(0, end);
};

/**
 * One recipient as a person types it: `a@b` or `Name <a@b>`. The address stays as written.
 * Throws HEADER_INJECTION for a line break or NUL anywhere (S37), ADDRESS_INVALID for anything that is not one address.
 */
export const parseRecipient = (input: string): Address => {
  assertOneLine(input);
  const text = input.trim();
  const { name, address } = splitName(text);
  if (!isAddress(address)) {
    throw new EmailConnectError(
      'ADDRESS_INVALID',
      `"${text.slice(0, 100)}" is not an email address.`,
      'Write one address as name@example.com, or as Name <name@example.com>.'
    );
  }
  return { address, displayName: name };
};

/** A line break would start a header field of the sender's choosing (S37). Throws HEADER_INJECTION. */
export const assertOneLine = (text: string): void => {
  if (!/[\r\n\0]/.test(text)) return;
  throw new EmailConnectError(
    'HEADER_INJECTION',
    'Addresses, names and subjects are one line: this one holds a line break.',
    'Remove the line break and try again.'
  );
};

const splitName = (text: string): { name: string; address: string } => {
  if (!text.endsWith('>')) return { name: '', address: text };
  const open = text.lastIndexOf('<');
  const name = unquoted(text.slice(0, Math.max(0, open)).trim());
  return name === null ? { name: '', address: text } : { name, address: text.slice(open + 1, -1).trim() };
};

/** null when it is no display name: an open quote, or brackets outside of quotes, hide a second address. */
const unquoted = (name: string): string | null => {
  if (QUOTED.test(name)) return name.slice(1, -1).replace(/\\(.)/g, '$1').trim();
  return /[<>"]/.test(name) ? null : name.replace(/[\p{Cc}]/gu, ' ').trim();
};

const isAddress = (address: string): boolean => {
  const at = address.lastIndexOf('@');
  const localPart = address.slice(0, Math.max(0, at));
  const written = address.slice(at + 1);
  const domain = asciiDomain(written);
  return (
    localPart.length > 0 &&
    localPart.length <= LONGEST_LOCAL_PART &&
    (DOT_ATOM.test(localPart) || QUOTED.test(localPart)) &&
    !/\s/.test(written) &&
    domain.length <= LONGEST_DOMAIN &&
    domain.split('.').every((label) => LABEL.test(label))
  );
};
