import type { ImapCommand } from '../imap-session';

export const capability: ImapCommand = {
  names: ['CAPABILITY'],
  needs: 'nothing',
  async run(session, args) {
    args.end();
    await session.untagged(`CAPABILITY ${session.capabilities().join(' ')}`);
    return 'Done';
  },
};
