import { ImapFlow } from 'imapflow';
import type { Dovecot } from '../tests/support/dovecot';

/** The peer: imapflow alone, logged in, with INBOX open read-only. `port`: that of a gate before the server. */
export const bareImapflow = async (
  { imapsPort, certificate }: Dovecot,
  auth: { user: string; pass: string },
  { port = imapsPort, idles = false } = {}
): Promise<ImapFlow> => {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: true,
    auth,
    logger: false,
    disableAutoIdle: !idles,
    tls: { rejectUnauthorized: true, ca: certificate.cert, servername: 'localhost' },
  });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  return client;
};
