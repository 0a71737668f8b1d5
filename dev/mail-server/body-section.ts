import { bodyOffset, headerFields } from './header-fields';
import type { ImapValue } from './imap-parser';
import { bad } from './imap-refusal';
import type { MimePart } from './mime-part';

/** The section between the brackets of `BODY[...]` (RFC 3501 section 6.4.5). */
export interface BodySection {
  /** Part numbers; empty for the whole message. */
  path: number[];
  what: 'all' | 'header' | 'fields' | 'fields-not' | 'text' | 'mime';
  /** Header names in lower case, for `fields` and `fields-not`. */
  fields: string[];
  /** The section as the answer repeats it. */
  label: string;
}

const KINDS = new Map<string, BodySection['what']>([
  ['', 'all'],
  ['HEADER', 'header'],
  ['HEADER.FIELDS', 'fields'],
  ['HEADER.FIELDS.NOT', 'fields-not'],
  ['TEXT', 'text'],
  ['MIME', 'mime'],
]);
const SPECIFIER = /^((?:[1-9]\d{0,4}(?:\.|$)){0,50})([A-Z.]*)$/;

/** Throws BAD on an invalid section. */
export const parseSection = (values: readonly ImapValue[]): BodySection => {
  const [first, second, ...others] = values;
  const text = first?.kind === 'atom' ? first.text.toUpperCase() : '';
  const match = SPECIFIER.exec(text);
  const what = KINDS.get(match?.[2] ?? '');
  const path = (match?.[1] ?? '').split('.').filter(Boolean).map(Number);
  const needsFields = what === 'fields' || what === 'fields-not';
  if (!match || !what || (first && first.kind !== 'atom') || others.length > 0)
    throw bad('Wrong body section');
  if ((what === 'mime' && path.length === 0) || needsFields !== (second !== undefined))
    throw bad('Wrong body section');
  const names = needsFields ? fieldNames(second) : [];
  const label = needsFields ? `${text} (${names.join(' ')})` : text;
  return { path, what, fields: names.map((name) => name.toLowerCase()), label };
};

const fieldNames = (value: ImapValue | undefined): string[] => {
  if (value?.kind !== 'list' || value.items.length === 0) throw bad('Expected header names');
  return value.items.map((item) => {
    if (item.kind === 'list' || !/^[\x21-\x39\x3b-\x7e]+$/.test(item.text)) throw bad('Wrong header name');
    return item.text.toUpperCase();
  });
};

/** The bytes of a section; undefined where the message has no such part. `mime` is asked only for numbered parts. */
export const readSection = (raw: Buffer, section: BodySection, mime: () => MimePart): Buffer | undefined => {
  if (section.path.length === 0) return readMessage(raw, section);
  const part = findPart(mime(), section.path);
  if (!part) return undefined;
  if (section.what === 'all') return part.body;
  if (section.what === 'mime') return part.header;
  return part.message ? readMessage(part.body, section) : undefined;
};

const readMessage = (raw: Buffer, { what, fields }: BodySection): Buffer => {
  if (what === 'all') return raw;
  const offset = bodyOffset(raw);
  if (what === 'text') return raw.subarray(offset);
  const header = raw.subarray(0, offset);
  if (what === 'header') return header;
  const chosen = headerFields(header).filter(({ name }) => fields.includes(name) === (what === 'fields'));
  const lines = chosen.map((field) => (field.raw.endsWith('\n') ? field.raw : `${field.raw}\r\n`));
  return Buffer.from(`${lines.join('')}\r\n`, 'latin1');
};

/** Part 1 of a message that is not multipart is its body (RFC 3501 section 6.4.5). */
const findPart = (message: MimePart, path: readonly number[]): MimePart | undefined => {
  let inside: MimePart | undefined = message;
  for (const [depth, number] of path.entries()) {
    // Inside an attached message part numbers count as at the top level.
    const holder: MimePart | undefined = depth > 0 ? (inside?.message ?? inside) : inside;
    if (!holder) return undefined;
    if (holder.type === 'MULTIPART') inside = holder.children[number - 1];
    else if (number === 1 && holder !== (depth > 0 ? inside : undefined)) inside = holder;
    else return undefined;
  }
  return inside;
};
