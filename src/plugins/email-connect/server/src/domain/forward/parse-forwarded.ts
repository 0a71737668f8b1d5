import type { Address } from '../message/message';
import { parseMailboxes } from './parse-mailboxes';
import { parseSentAt } from './parse-sent-at';

/** The message that a person forwarded, as the mail program wrote it into the text. */
export interface ForwardedMessage {
  from: Address;
  to: Address[];
  cc: Address[];
  subject: string;
  /** ISO; null when it cannot be read with certainty. */
  sentAt: string | null;
  /** Always null: no mail program writes it. */
  messageId: null;
  /** Without the forwarder's own text above it, and without quote marks. */
  text: string;
}

type HeaderKind = 'from' | 'sent' | 'to' | 'cc' | 'subject' | 'other';

/** Reads a line as a header field that a mail program wrote, in whatever language; null for any other line. */
type ReadHeaderLine = (line: string) => { kind: HeaderKind; value: string } | null;

const LONGEST_TEXT = 1_000_000;
const LONGEST_BLOCK = 60;
const LONGEST_LINE = 2_000;
const FEWEST_KINDS = 3;
const FEWEST_KINDS_BELOW_MARKER = 2;

/**
 * Reads the header fields that mail programs put above a message forwarded inline, in plain text: Gmail, Apple Mail,
 * Outlook, Thunderbird, Yahoo and the like, in the languages of `readHeaderLine`, quoted with ">" or not. The first
 * such block counts: blocks below it belong to the forwarded message. null when there is no block, or when it names
 * no sender's address. Only the first million characters are read; the time is linear in their number.
 *
 * `offsetMinutes`, east of UTC, is the zone of the forwarder's own Date field (RFC 5322 section 3.3): programs write
 * the time in this zone when they name none. Without it such a time is null. A reply in Outlook's style has the same
 * block: the caller has to know that the mail was forwarded.
 */
export const parseForwarded = (
  text: string,
  readHeaderLine: ReadHeaderLine,
  offsetMinutes: number | null = null
): ForwardedMessage | null => {
  const lines = text.slice(0, LONGEST_TEXT).split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    if (readHeaderLine(unquoted(lines[at] ?? '', MOST_MARKS)) === null) continue;
    const block = readBlock(lines, at, readHeaderLine);
    if (block !== null) return toMessage(block, lines, offsetMinutes);
  }
  return null;
};

interface Block {
  fields: Map<HeaderKind, string>;
  /** The first line after the block. */
  end: number;
  /** How many quote marks stand before each of its lines. */
  marks: number;
}

const toMessage = (block: Block, lines: string[], offsetMinutes: number | null): ForwardedMessage | null => {
  const field = (kind: HeaderKind): string => block.fields.get(kind) ?? '';
  const [from] = parseMailboxes(field('from'));
  if (from === undefined) return null;
  return {
    from,
    to: parseMailboxes(field('to')),
    cc: parseMailboxes(field('cc')),
    subject: field('subject'),
    sentAt: parseSentAt(field('sent'), offsetMinutes),
    messageId: null,
    text: bodyOf(block, lines),
  };
};

const readBlock = (lines: readonly string[], at: number, readHeaderLine: ReadHeaderLine): Block | null => {
  const marks = readMarks(lines[at] ?? '', MOST_MARKS).count;
  const fields = new Map<HeaderKind, string>();
  let last: HeaderKind | null = null;
  let isSpaced = false;
  let end = at;
  for (let next = at; next < Math.min(lines.length, at + LONGEST_BLOCK); next += 1) {
    const line = unquoted((lines[next] ?? '').slice(0, LONGEST_LINE), marks);
    const field = readHeaderLine(line);
    if (line.trim() === '') {
      // Text made from HTML may have an empty line below each field; in other text the first empty line ends the
      // block.
      isSpaced ||= fields.size === 1;
      if (!isSpaced) break;
      last = null;
    } else if (field !== null) {
      if (field.kind !== 'other' && fields.has(field.kind)) break;
      fields.set(field.kind, field.value);
      last = field.kind;
      end = next + 1;
    } else {
      if (last === null || isMarker(line)) break;
      fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
      end = next + 1;
    }
  }
  const fewest = isBelowMarker(lines, at) ? FEWEST_KINDS_BELOW_MARKER : FEWEST_KINDS;
  return fields.has('from') && fields.size >= fewest ? { fields, end, marks } : null;
};

/** To the end, or to the line where the quote ends: the text below that line is the forwarder's. */
const bodyOf = ({ end, marks }: Block, lines: readonly string[]): string => {
  const body: string[] = [];
  for (const line of lines.slice(end)) {
    if (readMarks(line, marks).count < marks && line.trim() !== '') break;
    const plain = unquoted(line, marks);
    if (body.length > 0 || (plain.trim() !== '' && !isMarker(plain))) body.push(plain.trimEnd());
  }
  return body.join('\n').trimEnd();
};

/** "---------- Forwarded message ---------", in any language; Zoho puts such a line below the fields as well. */
const isMarker = (line: string): boolean => {
  const text = line.trim();
  return (
    text.length <= 160 &&
    /^[-=_*—]{2,80}(?![-=_*—])/.test(text) &&
    /\p{L}[^\p{L}]{0,80}[-=_*—]{2}$/u.test(text)
  );
};

const isBelowMarker = (lines: readonly string[], at: number): boolean => {
  const above = lines
    .slice(Math.max(0, at - 3), at)
    .map((line) => unquoted(line.slice(0, LONGEST_LINE), MOST_MARKS).trim())
    .filter((line) => line !== '')
    .at(-1);
  // "Begin forwarded message:" has no dashes.
  return above !== undefined && (isMarker(above) || (above.length <= 80 && /[:：]$/.test(above)));
};

const MOST_MARKS = 20;

interface Marks {
  count: number;
  length: number;
}

const readMarks = (line: string, most: number): Marks => {
  const marks = { count: 0, length: 0 };
  for (let at = 0; marks.count < most && at < marks.length + 3; at += 1) {
    const character = line[at];
    if (character === '>') Object.assign(marks, { count: marks.count + 1, length: at + 1 });
    else if (character !== ' ') break;
  }
  return marks;
};

/** The line without its first quote marks and the blank behind them. */
const unquoted = (line: string, most: number): string => {
  const { length } = readMarks(line, most);
  return length === 0 ? line : line.slice(line[length] === ' ' ? length + 1 : length);
};
