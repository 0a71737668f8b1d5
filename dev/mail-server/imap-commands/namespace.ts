import type { ImapCommand } from '../imap-session';

/** RFC 2342: one personal namespace, nothing shared. */
export const namespace: ImapCommand = {
  names: ['NAMESPACE'],
  needs: 'login',
  capability: 'NAMESPACE',
  async run(session, args) {
    args.end();
    await session.untagged('NAMESPACE (("" "/")) NIL NIL');
    return 'Done';
  },
};
