import { isSameServer } from '../../../../shared/inbox/same-server';
import type { Inbox } from '../../domain/inbox/inbox';
import { passwordNeeded } from '../../domain/inbox/password-needed';
import type { InboxSecrets, Ports } from '../../ports';
import { changedMeanwhile, loginOf } from '../inbox';
import type { ConnectionToTest } from './test-connection';

export const passwordOf = { imap: 'imapPassword', smtp: 'smtpPassword' } as const satisfies Record<
  'imap' | 'smtp',
  keyof InboxSecrets
>;
const sides = ['imap', 'smtp'] as const;

/**
 * The stored password in place of each one that was left empty, if it is for the very login that was typed in (S43).
 * Rejects with PASSWORD_NEEDED when it is for another, with INBOX_NOT_CONNECTED when none is stored, INBOX_CHANGED,
 * KEY_*.
 */
export const withStoredPasswords = async <Typed extends ConnectionToTest>(
  ports: Pick<Ports, 'inboxes' | 'secrets'>,
  inbox: Inbox,
  typed: Typed
): Promise<Typed> => {
  const connection = { ...typed };
  for (const side of sides) {
    if (typed[passwordOf[side]] !== '') continue;
    if (inbox.state !== 'disconnected' && !isSameServer(inbox[side], typed[side])) throw passwordNeeded(side);
    connection[passwordOf[side]] = (await loginOf(ports, inbox, side)).password;
  }
  return connection;
};

/**
 * Throws INBOX_CHANGED unless each password that was left empty is, in `stored`, still for the login that was typed in:
 * what another person entered meanwhile would be written beside it, and be sent there (S43, S52).
 */
export const assertStillFits = (stored: Inbox, typed: ConnectionToTest): void => {
  for (const side of sides) {
    if (typed[passwordOf[side]] === '' && !isSameServer(stored[side], typed[side]))
      throw changedMeanwhile(stored);
  }
};
