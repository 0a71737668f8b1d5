import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import type { ConnectionStep, ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeAuthority, makeCertificate } from '../support/certificates';
import type { Certificate } from '../support/certificates';
import { startDovecot } from '../support/dovecot';
import { freePort } from '../support/free-port';
import { describeWith } from '../support/services';

const PASSWORD = 'correct horse';

interface Received {
  mailFrom: string;
  rcptTo: string[];
  source: Buffer;
}

const reply = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

let certificate: Certificate;
const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  certificate = await makeCertificate();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A submission server that takes `ann` and keeps what it takes. */
const startServer = async (options: SMTPServerOptions = {}, shown: Certificate = certificate) => {
  const received: Received[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    cert: shown.cert,
    key: shown.key,
    authMethods: ['PLAIN', 'LOGIN'],
    logger: false,
    onAuth: ({ username = '', password }, _session, done) => {
      logins.push(username);
      if (password === PASSWORD) done(null, { user: username });
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
  cleanups.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const access: ServerAccess = {
    host: 'localhost',
    ip: '127.0.0.1',
    port,
    tls: options.secure ? 'implicit' : 'starttls',
    username: 'ann',
    password: PASSWORD,
    pinnedCertificate: shown.fingerprint,
  };
  return { access, received, logins };
};

const smtp = createSmtp();
const envelope = { mailFrom: 'ann@example.org', rcptTo: ['customer@example.net'] };
const source = Buffer.from('Message-ID: <1@example.org>\r\nSubject: hi\r\n\r\nHello.\r\n.\r\n..two dots\r\nGr\u00fc\u00dfe\r\n', 'utf8');

describe('the SMTP adapter', () => {
  test.each([true, false])('S9: submits these very bytes under this very envelope (TLS from the first byte: %s)', async (secure) => {
    const { access, received } = await startServer({ secure });
    const rcptTo = ['customer@example.net', 'hidden@example.net'];
    const receipt = await smtp.submit(access, { ...envelope, rcptTo }, source);
    expect(received).toEqual([{ mailFrom: 'ann@example.org', rcptTo, source }]);
    expect(receipt).toEqual({ serverMessageId: null, response: '250 2.0.0 Ok: queued as 4711' });
  });

  test('submits many megabytes unchanged', async () => {
    const { access, received } = await startServer();
    const large = Buffer.from(`Subject: large\r\n\r\n${'0123456789abcdef'.repeat(4).concat('\r\n').repeat(80_000)}`);
    await smtp.submit(access, envelope, large);
    expect(received[0]?.source.equals(large)).toBe(true);
  });

  test('S14: learns the id that the provider put in place of ours', async () => {
    const { access } = await startServer({
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(null, '2.0.0 OK <AB1@VI1PR.EURPRD01.prod.outlook.com> [Hostname=VI1PR]'));
      },
    });
    expect((await smtp.submit(access, envelope, source)).serverMessageId).toBe('AB1@vi1pr.eurprd01.prod.outlook.com');
  });

  test.each([
    ['SENDER_REFUSED', { onMailFrom: (_a, _s, done) => done(reply(553, '5.7.1 Not owned by user')) }],
    ['SENDER_REFUSED', { onData: refuseData(554, '5.2.252 SendAsDenied; ann not allowed to send as bob') }],
    ['RECIPIENT_REFUSED', { onRcptTo: (_a, _s, done) => done(reply(550, '5.1.1 No such user')) }],
    ['SERVER_THROTTLED', { onRcptTo: (_a, _s, done) => done(reply(450, '4.2.0 Greylisted')) }],
    ['SERVER_THROTTLED', { onData: refuseData(451, '4.3.0 Try again later') }],
    ['SERVER_THROTTLED', { onData: refuseData(550, '5.4.5 Daily user sending limit exceeded') }],
    ['SERVER_THROTTLED', { onData: refuseData(421, '4.7.0 Closing') }],
    ['MESSAGE_REFUSED', { onData: refuseData(554, '5.7.1 Looks like spam') }],
    ['MESSAGE_TOO_LARGE', { onData: refuseData(552, '5.3.4 Message too big') }],
    ['MESSAGE_TOO_LARGE', { size: 20 }],
  ] satisfies [string, SMTPServerOptions][])('says %s', async (code, options) => {
    const { access, received } = await startServer(options);
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code });
    expect(received).toEqual([]);
  });

  test.each([
    ['with', {}],
    ['without', { hidePIPELINING: true }],
  ])('when one recipient of several is refused sends to nobody and names it (%s PIPELINING)', async (_how, options) => {
    const { access, received } = await startServer({
      ...options,
      onRcptTo: ({ address }, _session, done) =>
        address === 'gone@example.net' ? done(reply(550, '5.1.1 No such user')) : done(),
    });
    const rcptTo = ['customer@example.net', 'gone@example.net', 'other@example.net'];
    await expect(smtp.submit(access, { ...envelope, rcptTo }, source)).rejects.toMatchObject({
      code: 'RECIPIENT_REFUSED',
      message: expect.stringContaining('gone@example.net'),
      detail: expect.stringContaining('No such user'),
    });
    await smtp.submit(access, envelope, source);
    expect(received.map(({ rcptTo: reached }) => reached)).toEqual([['customer@example.net']]);
  });

  test('P2: says SEND_OUTCOME_UNKNOWN when the server is gone after the last byte, before its answer', async () => {
    const { access } = await startServer({
      onData: (stream, session) => {
        stream.resume().on('end', () => cut(session.id));
      },
      onConnect: (session, done) => {
        done();
        void session;
      },
    });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code: 'SEND_OUTCOME_UNKNOWN' });
  });
});

function refuseData(responseCode: number, message: string): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _session, done) => {
    stream.resume().on('end', () => done(reply(responseCode, message)));
  };
}
void cut;
void makeAuthority;
void startDovecot;
void describeWith;
function cut(_id: string) {}
export type Unused = ConnectionStep;
