import { bad } from './imap-refusal';
import type { RawCommand } from './imap-reader';

/** One argument. Text is latin1: every character is one byte of the wire. */
export type ImapValue =
  | { kind: 'atom'; text: string; section?: ImapValue[]; partial?: { start: number; count: number } }
  | { kind: 'string'; text: string; bytes?: Buffer }
  | { kind: 'list'; items: ImapValue[] };

export interface ParsedCommand {
  tag: string;
  /** Upper case, with its `UID ` prefix: `UID FETCH`. */
  name: string;
  values: ImapValue[];
}

const MAX_DEPTH = 30;
const TAG = /^([^\s(){%*"\\+\x00-\x1f\x7f-\xff]{1,100}) (.*)$/s;
const SECTION_ITEM = /^(?:BODY|BODY\.PEEK|BINARY|BINARY\.PEEK|BINARY\.SIZE)$/i;
const ATOM_STOP = /[\x00-\x20"(){\x7f]/;
const LITERAL = /\{\d{1,10}\+?\}\r\n/y;
const PARTIAL = /<(\d{1,10})\.(\d{1,10})>/y;

/** The tag of a command, even of one that is otherwise broken; `*` when there is none. */
export const tagOf = (text: string): string =>
  TAG.exec(text)?.[1] ?? /^[A-Za-z0-9.]{1,100}$/.exec(text)?.[0] ?? '*';

/** The arguments of a command (RFC 3501 section 9). Throws BAD on anything else. */
export const parseCommand = (raw: RawCommand): ParsedCommand => {
  const match = TAG.exec(raw.text);
  if (!match) throw bad('Expected a tag and a command');
  const [tag = '', rest = ''] = match.slice(1);
  const values = new Parser(rest, raw.literals).all();
  const first = nameOf(values.shift());
  if (first !== 'UID') return { tag, name: first, values };
  return { tag, name: `UID ${nameOf(values.shift())}`, values };
};

const nameOf = (value: ImapValue | undefined): string => {
  if (value?.kind !== 'atom') throw bad('Expected a command');
  return value.text.toUpperCase();
};

class Parser {
  private at = 0;
  private literalsUsed = 0;

  constructor(
    private readonly text: string,
    private readonly literals: readonly Buffer[]
  ) {}

  all(): ImapValue[] {
    const values = this.values('', 0);
    if (this.at < this.text.length) throw bad('Unbalanced parenthesis');
    return values;
  }

  /** Values separated by single spaces, up to `close` (not taken) or the end. */
  private values(close: '' | ')' | ']', depth: number): ImapValue[] {
    if (depth > MAX_DEPTH) throw bad('Too many parentheses');
    const values: ImapValue[] = [];
    while (this.at < this.text.length && this.text[this.at] !== close) {
      if (values.length > 0) this.expect(' ');
      values.push(this.value(close, depth));
    }
    return values;
  }

  private value(close: string, depth: number): ImapValue {
    const next = this.text[this.at];
    if (next === '"') return this.quoted();
    if (next === '{') return this.literal();
    if (next !== '(') return this.atom(close, depth);
    this.at += 1;
    const items = this.values(')', depth + 1);
    this.expect(')');
    return { kind: 'list', items };
  }

  private atom(close: string, depth: number): ImapValue {
    const start = this.at;
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at] ?? '';
      if (char === ')' || (close === ']' && char === ']') || ATOM_STOP.test(char)) break;
      if (char === '[' && SECTION_ITEM.test(this.text.slice(start, this.at)))
        return this.section(start, depth);
    }
    if (this.at === start) throw bad('Unexpected character');
    return { kind: 'atom', text: this.text.slice(start, this.at) };
  }

  private section(start: number, depth: number): ImapValue {
    const text = this.text.slice(start, this.at);
    this.at += 1;
    const section = this.values(']', depth + 1);
    this.expect(']');
    PARTIAL.lastIndex = this.at;
    const match = PARTIAL.exec(this.text);
    if (!match) return { kind: 'atom', text, section };
    this.at = PARTIAL.lastIndex;
    return { kind: 'atom', text, section, partial: { start: Number(match[1]), count: Number(match[2]) } };
  }

  private quoted(): ImapValue {
    let text = '';
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      let char = this.text[this.at] ?? '';
      if (char === '"') {
        this.at += 1;
        return { kind: 'string', text };
      }
      if (char === '\\') {
        this.at += 1;
        char = this.text[this.at] ?? '';
        if (char !== '"' && char !== '\\') throw bad('Wrong escape in a quoted string');
      }
      if (char === '\r' || char === '\n' || char === '\0') break;
      text += char;
    }
    throw bad('Quoted string without an end');
  }

  private literal(): ImapValue {
    LITERAL.lastIndex = this.at;
    const bytes = this.literals[this.literalsUsed];
    if (!LITERAL.test(this.text) || !bytes) throw bad('Wrong literal');
    this.at = LITERAL.lastIndex;
    this.literalsUsed += 1;
    // A large literal is not turned into text: only short ones can be names or words.
    return { kind: 'string', text: bytes.length > 65_536 ? '' : bytes.toString('latin1'), bytes };
  }

  private expect(char: string): void {
    if (this.text[this.at] !== char) throw bad(char === ' ' ? 'Expected a space' : `Expected ${char}`);
    this.at += 1;
  }
}
