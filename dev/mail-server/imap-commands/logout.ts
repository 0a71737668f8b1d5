import type { ImapCommand } from '../imap-session';

export const logout: ImapCommand = {
  names: ['LOGOUT'],
  needs: 'nothing',
  async run(session, args) {
    args.end();
    session.deselect();
    await session.untagged('BYE Logging out');
    session.afterAnswer = () => session.connection.end();
    return 'Done';
  },
};
