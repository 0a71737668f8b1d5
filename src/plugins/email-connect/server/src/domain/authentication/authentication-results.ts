import { commentEnd, quoteEnd } from './comment-end';

/** What one Authentication-Results field says (RFC 8601 2.2). */
export interface AuthenticationResults {
  /** The server that checked, lower case; '' where it is left out, as Exchange Online does. */
  authservId: string;
  results: MethodResult[];
}

export interface MethodResult {
  /** `spf`, `dkim`, `dmarc`, ...; lower case, as the result is. */
  method: string;
  /** `pass`, `fail`, `none`, ... */
  result: string;
  /** `ptype.property` in lower case, with the value as written: the order written, doubles kept. */
  properties: [string, string][];
}

/**
 * Only an attacker writes longer fields. They are not read at all: half of a field may say the opposite of the whole.
 */
const LONGEST_FIELD = 16_384;

/**
 * Reads an unfolded Authentication-Results value: comments are dropped, quoted strings joined (RFC 5322 3.2), the
 * versions of server and methods ignored. null when the value cannot be read to its end. Linear in the length of
 * `value`; never throws.
 */
export const parseAuthenticationResults = (value: string): AuthenticationResults | null => {
  if (value.length > LONGEST_FIELD) return null;
  const statements = statementsOf(value);
  if (!statements) return null;
  const [first = [], ...rest] = statements;
  const isServerNamed = first[0] !== undefined && assignment(joined(first)[0]) === null;
  return {
    authservId: isServerNamed ? (first[0]?.text.toLowerCase() ?? '') : '',
    results: (isServerNamed ? rest : statements).flatMap(methodResultOf),
  };
};

/** The domains that the values of a property name: each is a domain, or an address there. */
export const domainsIn = ({ properties }: MethodResult, name: string): string[] =>
  properties.filter(([key]) => key === name).map(([, value]) => value.slice(value.lastIndexOf('@') + 1));

/** A run without white space; `equals` is the place of its first `=` outside quotes, -1 for none. */
interface Word {
  text: string;
  equals: number;
}

const methodResultOf = (words: Word[]): MethodResult[] => {
  const [head, ...others] = joined(words).flatMap((word) => assignment(word) ?? []);
  if (!head) return []; // `none` (2.2, no-result), or nothing after the last semicolon
  const method = head.key.split('/')[0] ?? ''; // `dkim/1`
  const properties = others.map(({ key, value }): [string, string] => [key, value]);
  return [{ method, result: head.value.toLowerCase(), properties }];
};

const assignment = (word: Word | undefined): { key: string; value: string } | null =>
  word && word.equals > 0
    ? { key: word.text.slice(0, word.equals).toLowerCase(), value: word.text.slice(word.equals + 1) }
    : null;

/** `dkim = pass` is one word: white space may stand around the first `=`. */
const joined = (words: readonly Word[]): Word[] => {
  const whole: Word[] = [];
  let isOpen = false;
  for (const word of words) {
    const before = whole.at(-1);
    const isContinued = before !== undefined && (isOpen || (word.equals === 0 && before.equals < 0));
    if (isContinued) {
      const equals = before.equals >= 0 ? before.equals : before.text.length;
      whole[whole.length - 1] = { text: before.text + word.text, equals };
    } else {
      whole.push(word);
    }
    const last = whole.at(-1);
    isOpen = last !== undefined && last.equals > 0 && last.equals === last.text.length - 1;
  }
  return whole;
};

/** Words between semicolons; null when a comment or a quoted string never ends. */
const statementsOf = (value: string): Word[][] | null => {
  const statements: Word[][] = [[]];
  let word: Word | null = null;
  const finish = (): void => {
    if (word) statements.at(-1)?.push(word);
    word = null;
  };
  const add = (text: string, isSign: boolean): void => {
    word ??= { text: '', equals: -1 };
    if (isSign && word.equals < 0) word.equals = word.text.length;
    word.text += text;
  };
  for (let i = 0; i < value.length; i += 1) {
    const character = value.charAt(i);
    if (character === '(' || character === '"') {
      const end = character === '(' ? commentEnd(value, i) : quoteEnd(value, i);
      if (end < 0) return null;
      if (character === '(') finish();
      else add(value.slice(i + 1, end).replace(/\\(.)/g, '$1'), false);
      i = end;
    } else if (character === ';') {
      finish();
      statements.push([]);
    } else if (/\s/.test(character)) finish();
    else add(character, character === '=');
  }
  finish();
  return statements;
};
