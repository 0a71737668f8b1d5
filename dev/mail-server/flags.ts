import type { Arguments } from './arguments';
import { bad } from './imap-refusal';

export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const;

/** A flag in its standard spelling; system flags ignore case. `\Recent` cannot be set (RFC 3501 section 2.3.2). */
export const readFlag = (args: Arguments): string => {
  const value = args.next();
  if (value.kind !== 'atom' || value.section || /[%*\]]/.test(value.text)) throw bad('Wrong flag');
  if (!value.text.startsWith('\\')) return value.text;
  const known = SYSTEM_FLAGS.find((flag) => flag.toLowerCase() === value.text.toLowerCase());
  if (!known) throw bad('Unknown system flag');
  return known;
};

export const formatFlags = (flags: Iterable<string>): string => `(${[...flags].join(' ')})`;
