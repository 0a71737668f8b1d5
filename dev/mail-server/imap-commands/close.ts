import type { ImapCommand } from '../imap-session';

/** Expunges without notices, then leaves the folder (RFC 3501 section 6.4.2). */
export const close: ImapCommand = {
  names: ['CLOSE'],
  needs: 'selected folder',
  run(session, args) {
    args.end();
    const selected = session.opened();
    session.deselect();
    if (!selected.isReadOnly) {
      selected.folder.expunge(selected.folder.messages.filter(({ flags }) => flags.has('\\Deleted')));
    }
    return 'Done';
  },
};

/** RFC 3691. */
export const unselect: ImapCommand = {
  names: ['UNSELECT'],
  needs: 'selected folder',
  capability: 'UNSELECT',
  run(session, args) {
    args.end();
    session.deselect();
    return 'Done';
  },
};
