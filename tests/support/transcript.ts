/** One FETCH of a client, with the folder it was in and the single messages it asked for. */
export interface Fetch {
  folderPath: string;
  imapUids: number[];
  /** As written, in capitals. */
  items: string;
}

/** What a client did to a mailbox, from the commands it sent. */
export interface ImapTranscript {
  fetches: Fetch[];
  /** Names of all commands, UID in front where it was: `EXAMINE`, `UID FETCH`. */
  commands: string[];
  /** Folders that were written to. */
  appendedTo: string[];
}

/**
 * Reads the commands of one or more sessions as Dovecot's rawlog has them, one session after the other. Bytes of
 * appended messages are passed over. Throws for a FETCH that it does not understand, so that none goes uncounted.
 */
export const readTranscript = (rawlog: string): ImapTranscript => {
  const transcript: ImapTranscript = { fetches: [], commands: [], appendedTo: [] };
  let folderPath = '';
  for (const line of withoutLiterals(rawlog.replace(STAMP, '')).split(/\r?\n/)) {
    const command = /^\S+ ((?:UID )?[A-Z]+)(?: (.*))?$/i.exec(line);
    if (!command) continue;
    const [, name = '', rest = ''] = command;
    transcript.commands.push(name.toUpperCase());
    if (/^(EXAMINE|SELECT)$/i.test(name)) folderPath = folderOf(rest);
    if (/^APPEND$/i.test(name)) transcript.appendedTo.push(folderOf(rest));
    if (/FETCH$/i.test(name)) transcript.fetches.push(fetchOf(folderPath, name, rest));
  }
  return transcript;
};

/** A FETCH that reads more of a message than header fields, size, dates and flags (S12). */
export const readsBody = ({ items }: Fetch): boolean =>
  items
    .replace(/BODY(\.PEEK)?\[HEADER\.FIELDS \([^)]*\)\]/g, '')
    .replace(/RFC822\.SIZE/g, '')
    .search(/BODY|RFC822|BINARY|PREVIEW|SNIPPET|ENVELOPE|ALL|FULL/) >= 0;

/** Dovecot notes the time before every line, those of an appended message too. */
const STAMP = /^\d+\.\d+ /gm;

const withoutLiterals = (rawlog: string): string => {
  let text = '';
  let at = 0;
  for (const literal of rawlog.matchAll(/\{(\d+)\+?\}\r?\n/g)) {
    if (literal.index < at) continue;
    const end = literal.index + literal[0].length;
    text += rawlog.slice(at, literal.index);
    at = end + Number(literal[1]);
  }
  return text + rawlog.slice(at);
};

const folderOf = (rest: string): string => /^"?([^" ]*)/.exec(rest)?.[1] ?? '';

const fetchOf = (folderPath: string, name: string, rest: string): Fetch => {
  const parts = /^([\d:,*]+) (.*)$/.exec(rest);
  if (!parts) throw new Error(`This FETCH cannot be read: ${name} ${rest}`);
  return { folderPath, imapUids: expand(parts[1] ?? ''), items: (parts[2] ?? '').toUpperCase() };
};

const expand = (set: string): number[] =>
  set.split(',').flatMap((range) => {
    const [from = NaN, to = from] = range.split(':').map(Number);
    // `*` is NaN: whichever message that is, it is one nobody named.
    return Number.isNaN(from) || Number.isNaN(to)
      ? [NaN]
      : Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
  });
