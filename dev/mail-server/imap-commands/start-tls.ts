import type { ImapCommand } from '../imap-session';
import { bad } from '../imap-refusal';

/** RFC 3501 section 6.2.1. */
export const startTls: ImapCommand = {
  names: ['STARTTLS'],
  needs: 'no login',
  run(session, args) {
    args.end();
    if (!session.has('STARTTLS')) throw bad('STARTTLS is not offered');
    session.afterAnswer = () => session.connection.upgrade(session.world.secureContext);
    return 'Begin TLS';
  },
};
