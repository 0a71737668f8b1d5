import type { ImapCommand } from '../imap-session';
import { bad } from '../imap-refusal';

/** EXPUNGE, and UID EXPUNGE of RFC 4315: the notices follow as waiting updates. */
export const expunge: ImapCommand = {
  names: ['EXPUNGE', 'UID EXPUNGE'],
  needs: 'selected folder',
  run(session, args, { byUid }) {
    const selected = session.writable();
    if (byUid && !session.has('UIDPLUS')) throw bad('UIDPLUS is not offered');
    const numbered = byUid ? (selected.resolve(args.sequenceSet(), true) ?? []) : selected.all();
    args.end();
    const doomed = numbered.map(({ message }) => message).filter(({ flags }) => flags.has('\\Deleted'));
    selected.folder.expunge(doomed);
    return 'Done';
  },
};
