import type { Arguments } from '../arguments';
import { readFlag } from '../flags';
import type { ImapCommand } from '../imap-session';
import { bad, no } from '../imap-refusal';
import { parseDateTime } from '../imap-text';

/** The date is a quoted string before the literal; without it, the time is now. */
const readContent = (args: Arguments): { receivedAt: Date; raw: Buffer } => {
  const first = args.next();
  if (first.kind !== 'string') throw bad('Expected a message literal');
  if (args.isEmpty && first.bytes) return { receivedAt: new Date(), raw: first.bytes };
  const receivedAt = parseDateTime(first.text);
  if (!receivedAt) throw bad('Wrong date');
  return { receivedAt, raw: args.bytes() };
};

export const append: ImapCommand = {
  names: ['APPEND'],
  needs: 'login',
  run(session, args) {
    const path = args.folderPath();
    const flags = args.optionalList()?.rest(readFlag) ?? [];
    const { receivedAt, raw } = readContent(args);
    args.end();
    if (raw.length === 0) throw no('Message is empty');
    const folder = session.folder(path, '[TRYCREATE] ');
    const { uid } = folder.append(Buffer.from(raw), flags, receivedAt);
    return session.has('UIDPLUS') ? `[APPENDUID ${folder.uidValidity} ${uid}] Appended` : 'Appended';
  },
};
