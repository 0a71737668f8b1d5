import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { freePort } from '../../dev/strapi/free-port';
import type { ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import type { Certificate } from './certificates';

/** A message as the server got it. */
export interface Submitted {
  mailFrom: string;
  rcptTo: string[];
  source: Buffer;
}

export interface SubmissionServer {
  /** How to log in there, its certificate pinned. */
  access: ServerAccess;
  received: Submitted[];
  /** Every user name that was tried. */
  logins: string[];
  stop(): Promise<void>;
}

const PASSWORD = 'correct horse';

/** An error that smtp-server answers with. */
export const reply = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

/** Reads a message to its end, then refuses it. */
export const refuseData =
  (responseCode: number, message: string): NonNullable<SMTPServerOptions['onData']> =>
  (stream, _session, done) => {
    stream.resume().on('end', () => done(reply(responseCode, message)));
  };

/** A submission server that takes `ann` and keeps what it takes; `options` make it refuse things. */
export const startSubmissionServer = async (
  certificate: Certificate,
  options: SMTPServerOptions = {}
): Promise<SubmissionServer> => {
  const received: Submitted[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    cert: certificate.cert,
    key: certificate.key,
    authMethods: ['PLAIN', 'LOGIN'],
    closeTimeout: 100,
    logger: false,
    onAuth: ({ username = '', password }, _session, done) => {
      logins.push(username);
      if (password === PASSWORD) done(null, { user: username });
      // Some servers do repeat what they refuse.
      else done(reply(535, `5.7.8 Authentication failed for ${username} with ${password}`));
    },
    onData: (stream, { envelope }, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        received.push({
          mailFrom: envelope.mailFrom ? envelope.mailFrom.address : '',
          rcptTo: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(pieces),
        });
        done(null, '2.0.0 Ok: queued as 4711');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    access: {
      host: 'localhost',
      ip: '127.0.0.1',
      port,
      tls: options.secure ? 'implicit' : 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: certificate.fingerprint,
    },
    received,
    logins,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
};
