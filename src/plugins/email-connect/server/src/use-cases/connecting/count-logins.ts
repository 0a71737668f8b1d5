import type { CountedLogin } from '../../domain/limits/limit';
import type { Inbox, ServerSettings } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { assertWithinLimit } from '../limits';

type Side = 'imap' | 'smtp';
type Servers = Record<Side, ServerSettings>;
type CountPorts = Pick<Ports, 'rateLimits' | 'audit'>;

const sides: readonly Side[] = ['imap', 'smtp'];

/** Who logs in. `inbox`: one that they may change, and whose logins may be among these. */
export interface Trier {
  actor: string;
  inbox: Inbox | null;
}

/**
 * The logins of one connection test, counted so that nobody can guess a password by trying (S37): each before it is
 * made, so that many at once gain nothing. What no server refused is taken back at the end. A count that is used up
 * rejects with RATE_LIMITED.
 */
export interface CountedLogins {
  /** Counts both mailboxes; before a server is looked up. */
  begin(): Promise<void>;
  /** Counts the server that is about to be dialled. By its IP address: anybody can give a server further names. */
  reach(side: Side, ip: string): Promise<void>;
  /** The server refused this login: it stays counted. */
  refused(side: Side): void;
  end(): Promise<void>;
}

/**
 * Whoever may change an inbox has counts for its mailbox beside everybody else's: however often strangers try it, they
 * do not keep its owner from mending it.
 */
export const countLogins = (ports: CountPorts, servers: Servers, { actor, inbox }: Trier): CountedLogins => {
  const counted: Record<Side, [CountedLogin, string][]> = { imap: [], smtp: [] };
  const count = async (side: Side, action: CountedLogin, subject: string): Promise<void> => {
    await assertWithinLimit(ports, action, subject, actor);
    counted[side].push([action, subject]);
  };
  const ownInbox = (side: Side): string | null =>
    inbox && mailboxOf(inbox[side]) === mailboxOf(servers[side]) ? inbox.documentId : null;
  return {
    begin: async () => {
      for (const side of sides) {
        const mailbox = mailboxOf(servers[side]);
        await count(side, 'own-login', `${mailbox} by ${actor}`);
        await count(side, 'login', sharedCount(mailbox, ownInbox(side)));
      }
    },
    reach: async (side, ip) => {
      if (ownInbox(side) === null) await count(side, 'server-login', ip);
    },
    refused: (side) => {
      counted[side] = [];
    },
    end: async () => {
      for (const [action, subject] of sides.flatMap((side) => counted[side]))
        await ports.rateLimits.takeBack(action, subject);
    },
  };
};

/** The same for every way to write it. */
const mailboxOf = ({ host, username }: ServerSettings): string =>
  `${username.trim().toLowerCase()} at ${host.trim().toLowerCase().replace(/\.$/, '')}`;

const sharedCount = (mailbox: string, ownInbox: string | null): string =>
  ownInbox === null ? mailbox : `${mailbox} of ${ownInbox}`;

/** One login of an inbox to its own mailbox: counted, and not taken back. */
export const countOwnLogin = (ports: CountPorts, { documentId, imap }: Inbox, actor: string): Promise<void> =>
  assertWithinLimit(ports, 'login', sharedCount(mailboxOf(imap), documentId), actor);
