import { parseRecipient } from '../address/address';
import type { Address } from '../message/message';

const LONGEST = 20_000;
const MOST = 500;
/** In brackets stands the address, whatever the name says: "boss@x.example" <ann@y.example>. */
const BRACKETED = /(?<=[<[]\s?)[^\s<>()[\]",;:]{1,64}@[^\s<>()[\]",;:]{1,253}/;
const ADDRESS = /[^\s<>()[\]",;:]{1,64}@[^\s<>()[\]",;:]{1,253}/;
/** "Ann <ann@x.example<mailto:ann@x.example>>", "ann@x.example [mailto:ann@x.example]": a link repeats the address. */
const LINK = /mailto:/gi;
const AROUND_NAME = /^[\s"'„“”‘’*_<([]{1,8}|[\s"'“”‘’*_<([]{1,8}$/g;

/**
 * The people in a field that a mail program wrote for a reader, not for a parser: "Doe, John <j@x.example>; Ann
 * [mailto:ann@x.example]". Names without an address, as Exchange shows colleagues, are left out.
 */
export const parseMailboxes = (value: string): Address[] => {
  const people: Address[] = [];
  let name = '';
  const { parts, separator } = partsOf(value.slice(0, LONGEST));
  for (const piece of parts) {
    if (people.length === MOST) break;
    if (piece.trim() === '') continue;
    const person = parseMailbox(`${name}${piece}`);
    // "Doe, John <j@x.example>": the comma belongs to the name.
    name =
      person === null && separator === ',' && !piece.includes('@') ? `${name}${piece}, `.slice(-100) : '';
    if (person !== null) people.push(person);
  }
  return people;
};

/**
 * Semicolons separate people where there are any: commas then belong to names. Nothing is split within double quotes.
 */
const partsOf = (value: string): { parts: string[]; separator: string } => {
  const separator = value.includes(';') ? ';' : ',';
  const quotes = value.split('"').map((part, index) => (index % 2 === 0 ? part.split(separator) : [part]));
  const parts: string[] = [''];
  for (const [index, [first = '', ...more]] of quotes.entries()) {
    const quote = index === 0 ? '' : '"';
    parts[parts.length - 1] += `${quote}${first}`;
    parts.push(...more);
  }
  return { parts, separator };
};

const parseMailbox = (text: string): Address | null => {
  const plain = text.replace(LINK, '');
  const found = BRACKETED.exec(plain) ?? ADDRESS.exec(plain);
  if (found === null) return null;
  const address = found[0].replace(/^['*_.]{1,3}|['*_.]{1,3}$/g, '');
  const displayName = plain.slice(0, found.index).replace(AROUND_NAME, '').slice(0, 200);
  try {
    parseRecipient(address);
  } catch {
    return null;
  }
  return { address, displayName: displayName === address ? '' : displayName.replace(/\s+/g, ' ') };
};
