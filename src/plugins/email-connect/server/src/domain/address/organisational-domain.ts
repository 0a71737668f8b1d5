import { asciiDomain } from './address';

/** What registries of countries put below their own label: `co.uk`, `com.au`, `ne.jp`. */
const SECOND_LEVEL = new Set(
  'ac co com edu gob gouv gov govt gv id ind ltd me mil ne net nhs nom or org plc sch school web'.split(' ')
);

/** Domains under which anybody gets a name: two names below one of them are two owners. */
const SHARED = new Set([
  'onmicrosoft.com',
  'github.io',
  'herokuapp.com',
  'myshopify.com',
  'web.app',
  'uk.com',
]);

/**
 * The domain that one owner registered (RFC 7489 3.2), by rule instead of by the Public Suffix List: the last two
 * labels, three below a country's usual second level or a domain that everybody shares.
 */
export const organisationalDomain = (domain: string): string => {
  const labels = asciiDomain(domain).split('.');
  const lastTwo = labels.slice(-2).join('.');
  const [secondLevel = '', country = ''] = labels.slice(-2);
  const isSuffix = (country.length === 2 && SECOND_LEVEL.has(secondLevel)) || SHARED.has(lastTwo);
  return isSuffix ? labels.slice(-3).join('.') : lastTwo;
};

/** Whether two domains are one owner's (RFC 7489 3.1, relaxed). A bare suffix is nobody's. */
export const isSameOwner = (one: string, other: string): boolean => {
  const owner = organisationalDomain(one);
  return owner.includes('.') && owner === organisationalDomain(other);
};
