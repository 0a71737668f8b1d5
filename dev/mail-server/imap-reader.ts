import type { ByteInput } from './byte-input';
import { ImapRefusal } from './imap-refusal';

/** A command as it came: `text` is latin1 and keeps `{n}` CRLF in place of each literal. */
export interface RawCommand {
  text: string;
  literals: Buffer[];
}

export interface ReaderRules {
  /** How many bytes a literal may have at this point of the command. */
  maxLiteral(textSoFar: string): number;
  allowsNonSync(): boolean;
  /** Ask the client for a synchronising literal. */
  invite(): void;
}

const MAX_LINE = 64 * 1024;
const MAX_LITERALS = 200;
const LITERAL_AT_END = /(?:^|[ (])\{(\d{1,10})(\+?)\}$/;

/**
 * Reads one command with its literals (RFC 3501 section 4.3, LITERAL+ of RFC 7888); null at the end. Throws a fatal
 * ImapRefusal when the stream cannot be followed any more, because the next bytes could be the middle of a literal; a
 * plain one when only this command is lost.
 */
export const readCommand = async (input: ByteInput, rules: ReaderRules): Promise<RawCommand | null> => {
  let text = '';
  const literals: Buffer[] = [];
  for (;;) {
    const line = await input.line(MAX_LINE - Math.min(text.length, MAX_LINE));
    if (line === null) return null;
    if (line === 'too long') throw new ImapRefusal('BAD', 'Command line too long', true);
    text += line;
    const announced = LITERAL_AT_END.exec(line);
    if (!announced) return { text, literals };
    const size = Number(announced[1]);
    const isNonSync = announced[2] === '+';
    if (isNonSync && !rules.allowsNonSync()) throw new ImapRefusal('BAD', 'LITERAL+ is not offered', true);
    if (literals.length >= MAX_LITERALS) throw new ImapRefusal('BAD', 'Too many literals', true);
    if (size > rules.maxLiteral(text)) throw new ImapRefusal('NO', '[TOOBIG] Literal too large', isNonSync);
    if (!isNonSync) rules.invite();
    const literal = await input.bytes(size);
    if (literal === null) return null;
    literals.push(literal);
    text += '\r\n';
  }
};
