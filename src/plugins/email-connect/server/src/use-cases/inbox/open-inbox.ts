import { isSameServer } from '../../../../shared/inbox/same-server';
import type { Inbox, ServerSettings } from '../../domain/inbox/inbox';
import { EmailConnectError } from '../../domain/errors';
import type { InboxSecrets, Ports, ServerAccess } from '../../ports';

type AccessPorts = Pick<Ports, 'hosts' | 'secrets' | 'inboxes'>;

/** The owner that a sealed password is bound to, so that its row cannot be copied to another inbox (S36). */
export const secretOwner = (inboxDocumentId: string, kind: keyof InboxSecrets): string =>
  `${inboxDocumentId}/${kind}`;

/**
 * The access to one server of a connected inbox, with its password opened. Rejects with INBOX_NOT_CONNECTED, KEY_*,
 * HOST_*.
 */
export const accessTo = async (
  ports: AccessPorts,
  inbox: Inbox,
  kind: 'imap' | 'smtp',
  signal: AbortSignal
): Promise<ServerAccess> => {
  const { server, password } = await loginOf(ports, inbox, kind);
  return dial(ports, server, password, signal);
};

/** A user name and password for one server. */
export interface Login {
  server: ServerSettings;
  password: string;
}

/**
 * Rejects with INBOX_NOT_CONNECTED, KEY_*, or INBOX_CHANGED when the server is another by now: what is stored is the password
 * for that one, and no host gets the password of another (S4, S43).
 */
export const loginOf = async (
  ports: Omit<AccessPorts, 'hosts'>,
  inbox: Inbox,
  kind: 'imap' | 'smtp'
): Promise<Login> => {
  const sealed = await ports.inboxes.loadSecrets(inbox.documentId);
  if (!sealed) throw notConnected(inbox);
  const now = await ports.inboxes.load(inbox.documentId);
  if (!now || !isSameServer(now[kind], inbox[kind])) throw changedMeanwhile(inbox);
  const secret = kind === 'imap' ? 'imapPassword' : 'smtpPassword';
  const password = ports.secrets.open(sealed[secret], secretOwner(inbox.documentId, secret));
  return { server: inbox[kind], password };
};

export const isSameLogin = (one: Login | null, other: Login): boolean =>
  one?.password === other.password && isSameServer(one.server, other.server);

export const changedMeanwhile = ({ address }: Inbox): EmailConnectError =>
  new EmailConnectError(
    'INBOX_CHANGED',
    `The login of ${address} was changed in this very moment.`,
    'Try again; what Email Connect does by itself it tries again by itself.'
  );

export const notConnected = ({ address }: Inbox): EmailConnectError =>
  new EmailConnectError(
    'INBOX_NOT_CONNECTED',
    `The inbox ${address} is not connected.`,
    'Open the inbox and enter its password again.'
  );

/** A typed-in server with its host and port checked and its host resolved (S37). */
export const dial = async (
  ports: Pick<Ports, 'hosts'>,
  server: ServerSettings,
  password: string,
  signal: AbortSignal
): Promise<ServerAccess> => ({
  ...server,
  password,
  ip: await ports.hosts.resolve(server, signal),
});
