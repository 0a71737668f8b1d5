import type { Arguments } from './arguments';
import { parseSection } from './body-section';
import type { BodySection } from './body-section';
import type { ImapValue } from './imap-parser';
import { bad } from './imap-refusal';

/** Items that an extension brings, unknown without it. */
export const EXTENSION_ITEMS = {
  EMAILID: 'OBJECTID',
  THREADID: 'OBJECTID',
  'X-GM-MSGID': 'X-GM-EXT-1',
  'X-GM-THRID': 'X-GM-EXT-1',
  'X-GM-LABELS': 'X-GM-EXT-1',
} as const;

const PLAIN_ITEMS = [
  'UID',
  'FLAGS',
  'INTERNALDATE',
  'RFC822.SIZE',
  'ENVELOPE',
  'BODY',
  'BODYSTRUCTURE',
  'MODSEQ',
  'EMAILID',
  'THREADID',
  'X-GM-MSGID',
  'X-GM-THRID',
  'X-GM-LABELS',
] as const;

export type PlainItem = (typeof PLAIN_ITEMS)[number];

/** What FETCH asks of each message. */
export type FetchItem =
  | { kind: 'plain'; name: PlainItem }
  | {
      kind: 'section';
      /** The name of the item in the answer: `BODY[TEXT]<0>`. */
      label: string;
      section: BodySection;
      partial?: { start: number; count: number };
      setsSeen: boolean;
    };

const MACROS: Record<string, PlainItem[]> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};

const section = (what: BodySection['what']): BodySection => ({ path: [], what, fields: [], label: '' });

/** The items of RFC 3501 section 6.4.5, as one or as a list. Throws BAD on unknown ones. */
export const parseFetchItems = (args: Arguments): FetchItem[] => {
  const list = args.optionalList();
  if (list) {
    if (list.isEmpty) throw bad('Nothing to fetch');
    return list.rest((items) => parseItem(items.next()));
  }
  const value = args.next();
  const macro = value.kind === 'atom' ? MACROS[value.text.toUpperCase()] : undefined;
  return macro ? macro.map((name) => ({ kind: 'plain', name })) : [parseItem(value)];
};

const parseItem = (value: ImapValue): FetchItem => {
  if (value.kind !== 'atom') throw bad('Expected a fetch item');
  const name = value.text.toUpperCase();
  if (value.section) return bodyItem(name, parseSection(value.section), value.partial);
  const plain = PLAIN_ITEMS.find((item) => item === name);
  if (plain) return { kind: 'plain', name: plain };
  if (name === 'RFC822') return { kind: 'section', label: name, section: section('all'), setsSeen: true };
  if (name === 'RFC822.TEXT')
    return { kind: 'section', label: name, section: section('text'), setsSeen: true };
  if (name === 'RFC822.HEADER')
    return { kind: 'section', label: name, section: section('header'), setsSeen: false };
  throw bad('Unknown fetch item');
};

const bodyItem = (name: string, body: BodySection, partial?: { start: number; count: number }): FetchItem => {
  if (name !== 'BODY' && name !== 'BODY.PEEK') throw bad('Unknown fetch item');
  const label = `BODY[${body.label}]${partial ? `<${partial.start}>` : ''}`;
  const item: FetchItem = { kind: 'section', label, section: body, setsSeen: name === 'BODY' };
  return partial ? { ...item, partial } : item;
};
