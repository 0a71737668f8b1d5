import type { ImapCommand, ImapSession } from '../imap-session';
import { no } from '../imap-refusal';
import type { UserMailbox } from '../store';

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/**
 * The end of every way to log in: the session becomes the user's, or gets the one answer that reveals nothing
 * (RFC 5530).
 */
export const finishLogin = (session: ImapSession, user: UserMailbox | undefined): string => {
  if (!user || session.world.faults.rejectLogins) throw no('[AUTHENTICATIONFAILED] Authentication failed.');
  session.user = user;
  return `[CAPABILITY ${session.capabilities().join(' ')}] Logged in`;
};

export const login: ImapCommand = {
  names: ['LOGIN'],
  needs: 'no login',
  run(session, args) {
    const [name, password] = [utf8(args.astring()), utf8(args.astring())];
    args.end();
    return finishLogin(session, session.world.store.login(name, password));
  },
};
