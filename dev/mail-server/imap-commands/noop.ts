import type { ImapCommand } from '../imap-session';

/** Waiting notices are sent after every command, so there is nothing left to do. */
export const noop: ImapCommand = {
  names: ['NOOP'],
  needs: 'nothing',
  run(_session, args) {
    args.end();
    return 'Done';
  },
};

export const check: ImapCommand = { ...noop, names: ['CHECK'], needs: 'selected folder' };
