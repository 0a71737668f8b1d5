import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';
import { createTransport } from 'nodemailer';
import { selfSignedCertificate } from './certificate';
import type { Certificate } from './certificate';
import { startMailServer } from './mail-server';
import type { MailServer, MailServerOptions } from './mail-server';

export const ANN = { address: 'ann@crm.test', password: 'ann-secret', accessToken: 'ann-token' };
export const BOB = { address: 'bob@crm.test', password: 'böb "secret" \\' };

let certificate: Promise<Certificate> | undefined;

/** A server with two users and everything to talk to it; `stop` closes all. */
export const startTestServer = async (options: Partial<MailServerOptions> = {}) => {
  const tls = await (certificate ??= selfSignedCertificate(['localhost', '127.0.0.1']));
  const server = await startMailServer({ users: [ANN, BOB], tls, ...options });
  const clients: ImapFlow[] = [];

  /** A client that is not connected yet; tests see its socket errors only through its promises. */
  const client = (overrides: Partial<ImapFlowOptions> = {}): ImapFlow => {
    const made = new ImapFlow({
      host: 'localhost',
      port: server.imapsPort,
      secure: true,
      tls: { ca: tls.cert },
      auth: { user: ANN.address, pass: ANN.password },
      logger: false,
      ...overrides,
    });
    made.on('error', () => undefined);
    clients.push(made);
    return made;
  };

  const connected = async (overrides: Partial<ImapFlowOptions> = {}): Promise<ImapFlow> => {
    const made = client(overrides);
    await made.connect();
    return made;
  };

  const submitter = (
    user: { address: string; password: string } = ANN,
    secure = true,
    limits: { socketTimeout?: number } = {}
  ) =>
    createTransport({
      ...limits,
      host: 'localhost',
      port: secure ? server.smtpsPort : server.smtpPort,
      secure,
      requireTLS: true,
      tls: { ca: tls.cert },
      auth: { user: user.address, pass: user.password },
    });

  const stop = async (): Promise<void> => {
    for (const one of clients) one.close();
    await server.close();
  };
  return { server, client, connected, submitter, stop };
};

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** Commands that one IMAP client sent, without tags. */
export const commandsSent = (server: MailServer): string[] =>
  server.transcript
    .filter(({ protocol, direction }) => protocol === 'imap' && direction === 'in')
    .map(({ line }) => line.replace(/^\S+ /, ''));

export const mail = (subject: string, messageId: string, body = 'Hello\r\n'): string =>
  [
    `From: Ann <${ANN.address}>`,
    `To: Bob <${BOB.address}>`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    'Date: Tue, 17 Jul 2018 02:44:25 +0200',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
  ].join('\r\n');
