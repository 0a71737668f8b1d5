import { decodeFolderName } from './folder-name';
import type { ImapValue } from './imap-parser';
import { bad } from './imap-refusal';
import { parseSequenceSet } from './sequence-set';
import type { SequenceSet } from './sequence-set';

/** The arguments of a command, taken from left to right. Every getter throws BAD when the next one does not fit. */
export class Arguments {
  private at = 0;

  constructor(private readonly values: readonly ImapValue[]) {}

  get isEmpty(): boolean {
    return this.at >= this.values.length;
  }

  peek(): ImapValue | undefined {
    return this.values[this.at];
  }

  next(): ImapValue {
    const value = this.values[this.at];
    if (!value) throw bad('Missing argument');
    this.at += 1;
    return value;
  }

  /** Upper-cased: atoms that are words ignore case. */
  word(): string {
    const value = this.next();
    if (value.kind !== 'atom' || value.section) throw bad('Expected an atom');
    return value.text.toUpperCase();
  }

  /** Takes the next argument when it is this word. */
  skipWord(word: string): boolean {
    const value = this.peek();
    if (value?.kind !== 'atom' || value.text.toUpperCase() !== word) return false;
    this.at += 1;
    return true;
  }

  /** Atom, quoted or literal, as latin1. */
  astring(): string {
    const value = this.next();
    if (value.kind === 'list' || (value.kind === 'atom' && value.section)) throw bad('Expected a string');
    return value.text;
  }

  folderPath(): string {
    const path = decodeFolderName(this.astring());
    if (path === '' || path.length > 1000 || /[\x00-\x1f\x7f]/.test(path)) throw bad('Wrong folder name');
    return path;
  }

  number(): number {
    const text = this.astring();
    if (!/^\d{1,15}$/.test(text)) throw bad('Expected a number');
    return Number(text);
  }

  sequenceSet(): SequenceSet {
    return parseSequenceSet(this.astring());
  }

  list(): Arguments {
    const value = this.next();
    if (value.kind !== 'list') throw bad('Expected a list');
    return new Arguments(value.items);
  }

  /** The next list when there is one here. */
  optionalList(): Arguments | undefined {
    return this.peek()?.kind === 'list' ? this.list() : undefined;
  }

  /** The raw bytes of a literal or quoted string. */
  bytes(): Buffer {
    const value = this.next();
    if (value.kind !== 'string') throw bad('Expected a literal');
    return value.bytes ?? Buffer.from(value.text, 'latin1');
  }

  /** The rest of the arguments, each read by `read`. */
  rest<T>(read: (args: Arguments) => T): T[] {
    const all: T[] = [];
    while (!this.isEmpty) all.push(read(this));
    return all;
  }

  end(): void {
    if (!this.isEmpty) throw bad('Too many arguments');
  }
}
