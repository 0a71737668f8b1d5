import type { Arguments } from '../arguments';
import type { Folder } from '../folder';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad } from '../imap-refusal';
import type { NumberedMessage } from '../selected-folder';
import { formatSequenceSet } from '../sequence-set';

const readTarget = (session: ImapSession, args: Arguments, byUid: boolean) => {
  const messages = session.opened().resolve(args.sequenceSet(), byUid);
  const path = args.folderPath();
  args.end();
  if (!messages) throw bad('No such message');
  return { messages, target: session.folder(path, '[TRYCREATE] ') };
};

/** Copies, and gives the COPYUID code of RFC 4315; empty where nothing was copied or UIDPLUS is hidden. */
const copyTo = (session: ImapSession, target: Folder, messages: readonly NumberedMessage[]): string => {
  const pairs = messages.map(({ message }) => ({
    from: message.uid,
    to: target.append(message.raw, message.flags, message.receivedAt).uid,
  }));
  if (pairs.length === 0 || !session.has('UIDPLUS')) return '';
  const from = formatSequenceSet(pairs.map((pair) => pair.from));
  const to = formatSequenceSet(pairs.map((pair) => pair.to));
  return `[COPYUID ${target.uidValidity} ${from} ${to}] `;
};

export const copy: ImapCommand = {
  names: ['COPY', 'UID COPY'],
  needs: 'selected folder',
  run(session, args, { byUid }) {
    const { messages, target } = readTarget(session, args, byUid);
    return `${copyTo(session, target, messages)}Copied`;
  },
};

/** RFC 6851: COPYUID is sent before the EXPUNGEs, which follow as waiting notices. */
export const move: ImapCommand = {
  names: ['MOVE', 'UID MOVE'],
  needs: 'selected folder',
  capability: 'MOVE',
  async run(session, args, { byUid }) {
    const selected = session.writable();
    const { messages, target } = readTarget(session, args, byUid);
    const code = copyTo(session, target, messages);
    if (code !== '') await session.untagged(`OK ${code}Moved`);
    selected.folder.expunge(messages.map(({ message }) => message));
    return 'Done';
  },
};
