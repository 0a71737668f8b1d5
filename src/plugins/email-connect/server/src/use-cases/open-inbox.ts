import type { Inbox, ServerSettings } from '../domain/inbox/inbox';
import { EmailConnectError } from '../domain/errors';
import type { InboxSecrets, Ports, ServerAccess } from '../ports';

type AccessPorts = Pick<Ports, 'hosts' | 'secrets' | 'inboxes'>;

/** What a sealed password is bound to, so that no row can be copied to another inbox (S36). */
export const secretOwner = (inboxDocumentId: string, kind: keyof InboxSecrets): string =>
  `${inboxDocumentId}/${kind}`;

/** How to dial one server of a connected inbox, with its password opened. Rejects with INBOX_NOT_CONNECTED, KEY_*, HOST_*. */
export const accessTo = async (
  ports: AccessPorts,
  inbox: Inbox,
  server: 'imap' | 'smtp'
): Promise<ServerAccess> => {
  const sealed = await ports.inboxes.loadSecrets(inbox.documentId);
  if (!sealed) throw notConnected(inbox);
  const kind = server === 'imap' ? 'imapPassword' : 'smtpPassword';
  return dial(ports, inbox[server], ports.secrets.open(sealed[kind], secretOwner(inbox.documentId, kind)));
};

export const notConnected = ({ address }: Inbox): EmailConnectError =>
  new EmailConnectError(
    'INBOX_NOT_CONNECTED',
    `The inbox ${address} is not connected.`,
    'Open the inbox and enter its password again.'
  );

/** A typed-in server with its host resolved and checked (S37). */
export const dial = async (
  ports: Pick<Ports, 'hosts'>,
  server: ServerSettings,
  password: string
): Promise<ServerAccess> => ({ ...server, password, ip: await ports.hosts.resolve(server.host) });
