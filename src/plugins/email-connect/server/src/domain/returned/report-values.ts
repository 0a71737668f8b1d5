import { normalizeAddress } from '../address/address';
import type { DeliveryReport } from '../message/message';

const LONGEST_DIAGNOSTIC = 300;
/** No character that stands around addresses in reports, or that controls a terminal. */
const LOCAL_PART = String.raw`[^\s<>()[\],;:"'=*\p{Cc}]{1,64}`;
const DOMAIN = String.raw`[\p{L}\p{N}][\p{L}\p{N}.-]{0,252}`;
/** The source of a pattern for an address in running text, with bounded repeats. */
export const ADDRESS_PATTERN = `${LOCAL_PART}@${DOMAIN}`;
/** Where a field holds nothing but addresses, quotes and signs within them belong to them (`o'brien@x.test`). */
const ADDRESSES = new RegExp(
  String.raw`[^\s<>()[\],;:"'=*\p{Cc}][^\s<>()[\],;:"\p{Cc}@]{0,63}@${DOMAIN}`,
  'gu'
);
/** RFC 6533 3: a character outside of ASCII in an address of type utf-8. */
const HEX_CHARACTER = /\\x\{([0-9a-f]{1,6})\}/gi;
/** RFC 3463 2. Not inside a longer number: 192.5.1.1 is an IP address. */
const ENHANCED_STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/;
/** RFC 5321 4.2: a reply code, alone or before its text. */
const REPLY_CODE = /(?<![\d.:])([45])[0-5]\d(?=[\s#-]|$)/;

/** `rfc822; a@x.test` (RFC 3464 2.3.1), normalised; '' when it names no address. */
export const addressIn = (value: string): string =>
  addressesIn(
    value
      .slice(0, 1_000)
      .replace(/^[^;@]{1,40};/, '')
      .replace(HEX_CHARACTER, (written, hex: string) => characterOf(Number.parseInt(hex, 16)) ?? written)
  )[0] ?? '';

const MOST_CHARACTERS = 64 * 1024;

/** The addresses in the first 64 K characters of a text, normalised, as often as they stand there. */
export const addressesIn = (text: string): string[] =>
  [...text.slice(0, MOST_CHARACTERS).matchAll(ADDRESSES)].map(([address]) =>
    normalizeAddress(address.replace(/\.{1,20}$/, ''))
  );

const characterOf = (code: number): string | null => (code > 0x10ffff ? null : String.fromCodePoint(code));

/** The first enhanced status code in a text; '' for none. */
export const statusIn = (text: string): string => ENHANCED_STATUS.exec(text.slice(0, 2_000))?.[0] ?? '';

/**
 * As `statusIn`; without an enhanced code, from the class of an SMTP reply code (RFC 3463 3: x.0.0, nothing more is
 * known).
 */
export const roughStatusIn = (text: string): string => {
  const replyClass = REPLY_CODE.exec(text.slice(0, 2_000))?.[1];
  return statusIn(text) || (replyClass === undefined ? '' : `${replyClass}.0.0`);
};

/** One line, at most 300 characters, without the type in front (`smtp; 550 ...`). */
export const diagnosticOf = (text: string): string => {
  const line = text
    .slice(0, 4 * LONGEST_DIAGNOSTIC)
    .replace(/^\s{0,20}(?:x-)?[a-z][a-z0-9-]{0,30};/i, '')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_DIAGNOSTIC ? `${line.slice(0, LONGEST_DIAGNOSTIC - 1)}…` : line;
};

const ACTIONS: readonly [RegExp, DeliveryReport['action']][] = [
  [/^(?:delay|deferr|warning)/, 'delayed'],
  [/^(?:deliver|success)/, 'delivered'],
  [/^relay/, 'relayed'],
  [/^expand/, 'expanded'],
  [/^(?:fail|bounce|reject|error)/, 'failed'],
];

/**
 * RFC 3464 2.3.3 and the words that some servers write instead. Where the action is missing, the class of the status
 * decides (RFC 3463 2): 2 it arrived, 4 it may still arrive, 5 it never will.
 */
export const actionOf = (value: string, status: string): DeliveryReport['action'] => {
  const word = value.trim().toLowerCase();
  const named = ACTIONS.find(([pattern]) => pattern.test(word))?.[1];
  if (named) return named;
  if (status.startsWith('2')) return 'delivered';
  return status.startsWith('4') ? 'delayed' : 'failed';
};
