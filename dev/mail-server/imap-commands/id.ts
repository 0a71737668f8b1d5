import type { ImapCommand } from '../imap-session';

/** RFC 2971. */
export const id: ImapCommand = {
  names: ['ID'],
  needs: 'nothing',
  capability: 'ID',
  async run(session, args) {
    if (!args.optionalList()) args.word();
    args.end();
    await session.untagged('ID ("name" "mail-server" "vendor" "development")');
    return 'Done';
  },
};
