import type { Arguments } from '../arguments';
import { formatFlags, readFlag } from '../flags';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad } from '../imap-refusal';
import type { NumberedMessage } from '../selected-folder';
import { formatSequenceSet } from '../sequence-set';

interface FlagChange {
  how: '' | '+' | '-';
  isSilent: boolean;
  flags: string[];
}

const readChange = (args: Arguments): FlagChange => {
  const match = /^([+-]?)FLAGS(\.SILENT)?$/.exec(args.word());
  if (!match) throw bad('Expected FLAGS');
  const flags = args.optionalList()?.rest(readFlag) ?? [readFlag(args), ...args.rest(readFlag)];
  return {
    how: match[1] === '+' ? '+' : match[1] === '-' ? '-' : '',
    isSilent: match[2] !== undefined,
    flags,
  };
};

const readUnchangedSince = (session: ImapSession, args: Arguments): number => {
  const modifiers = args.optionalList();
  if (!modifiers) return Infinity;
  if (!modifiers.skipWord('UNCHANGEDSINCE') || !session.has('CONDSTORE')) throw bad('Unknown store modifier');
  session.wantsModSeq = true;
  const since = modifiers.number();
  modifiers.end();
  return since;
};

const apply = (old: ReadonlySet<string>, { how, flags }: FlagChange): Set<string> => {
  if (how === '') return new Set(flags);
  if (how === '+') return new Set([...old, ...flags]);
  return new Set([...old].filter((flag) => !flags.includes(flag)));
};

const answer = (
  session: ImapSession,
  { number, message }: NumberedMessage,
  withUid: boolean,
  silent: boolean
): string => {
  const parts = [
    ...(withUid ? [`UID ${message.uid}`] : []),
    ...(session.wantsModSeq ? [`MODSEQ (${message.modSeq})`] : []),
    ...(silent ? [] : [`FLAGS ${formatFlags(message.flags)}`]),
  ];
  return `${number} FETCH (${parts.join(' ')})`;
};

export const store: ImapCommand = {
  names: ['STORE', 'UID STORE'],
  needs: 'selected folder',
  keepsNumbers: true,
  async run(session, args, { byUid }) {
    const selected = session.writable();
    const messages = selected.resolve(args.sequenceSet(), byUid);
    const since = readUnchangedSince(session, args);
    const change = readChange(args);
    args.end();
    if (!messages) throw bad('No such message');
    const modified = messages.filter(({ message }) => message.modSeq > since);
    for (const one of messages) {
      if (one.message.modSeq > since) continue;
      selected.silently(() => selected.folder.setFlags(one.message, apply(one.message.flags, change)));
      if (change.isSilent && !session.wantsModSeq) continue;
      await session.untagged(answer(session, one, byUid, change.isSilent));
    }
    if (modified.length === 0) return 'Done';
    // RFC 7162 section 3.1.3: all other messages were changed, these were not.
    const numbers = modified.map(({ number, message }) => (byUid ? message.uid : number));
    return `[MODIFIED ${formatSequenceSet(numbers)}] Conditional store failed`;
  },
};
