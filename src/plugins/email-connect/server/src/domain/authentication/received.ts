import { commentEnd, quoteEnd } from './comment-end';

/** What one Received field says (RFC 5321 4.4) of the server that wrote it. */
export interface Received {
  /** The server itself, as it calls itself, lower case; '' where that cannot be told. */
  by: string;
  /** It took the message by LMTP, which only hands mail on within one organisation (RFC 2033 1). */
  isDelivery: boolean;
}

const UNREADABLE: Received = { by: '', isDelivery: false };

/** RFC 3848, RFC 6531. */
const LMTP = /^(utf8)?lmtps?a?$/;

/**
 * Reads an unfolded Received value. The name after `from` is the client's own word, and may be made to look like more
 * of the field: whatever occurs twice is not believed. Never throws.
 */
export const readReceived = (value: string): Received => {
  const words = wordsOf(value);
  const by = onlyAfter('by', words);
  if (by === null) return UNREADABLE;
  return { by, isDelivery: LMTP.test(onlyAfter('with', words) ?? '') };
};

/** The word after the only occurrence of `name`; null for none, or several. */
const onlyAfter = (name: string, words: readonly string[]): string | null => {
  const at = words.indexOf(name);
  return at < 0 || words.includes(name, at + 1) ? null : (words[at + 1] ?? null);
};

/** Lower-case words before the date, without comments, quoted strings and addresses; [] if one of these never ends. */
const wordsOf = (value: string): string[] => {
  let text = '';
  for (let i = 0; i < value.length; i += 1) {
    const character = value.charAt(i);
    if (character === ';') break;
    const end = endOfAside(value, i);
    if (end < 0) return [];
    if (end > i) text += ' ';
    else text += character;
    i = end;
  }
  return text.toLowerCase().split(/\s+/).filter(Boolean);
};

/** Where a comment, a quoted string or an address in brackets ends that begins here; `start` itself for none. */
const endOfAside = (value: string, start: number): number => {
  switch (value.charAt(start)) {
    case '(':
      return commentEnd(value, start);
    case '"':
      return quoteEnd(value, start);
    case '<':
      return value.indexOf('>', start);
    default:
      return start;
  }
};
