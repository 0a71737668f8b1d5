import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import type { ConnectionStep, ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeAuthority, makeCertificate } from '../support/certificates';
import type { Certificate } from '../support/certificates';
import { startDovecot } from '../support/dovecot';
import { freePort } from '../../dev/strapi/free-port';
import { startScriptedSmtp } from '../support/scripted-smtp';
import type { SmtpScript } from '../support/scripted-smtp';
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
    closeTimeout: 100,
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
const source = Buffer.from(
  'Message-ID: <1@example.org>\r\nSubject: hi\r\n\r\nHello.\r\n.\r\n..two dots\r\nGr\u00fc\u00dfe\r\n',
  'utf8'
);

describe('the SMTP adapter', () => {
  test.each([true, false])(
    'S9: submits these very bytes under this very envelope (TLS from the first byte: %s)',
    async (secure) => {
      const { access, received } = await startServer({ secure });
      const rcptTo = ['customer@example.net', 'hidden@example.net'];
      const receipt = await smtp.submit(access, { ...envelope, rcptTo }, source);
      expect(received).toEqual([{ mailFrom: 'ann@example.org', rcptTo, source }]);
      expect(receipt).toEqual({ serverMessageId: null, response: '250 2.0.0 Ok: queued as 4711' });
    }
  );

  test('submits many megabytes unchanged', async () => {
    const { access, received } = await startServer();
    const large = Buffer.from(
      `Subject: large\r\n\r\n${'0123456789abcdef'.repeat(4).concat('\r\n').repeat(80_000)}`
    );
    await smtp.submit(access, envelope, large);
    expect(received[0]?.source.equals(large)).toBe(true);
  });

  test('S14: learns the id that the provider put in place of ours', async () => {
    const { access } = await startServer({
      onData: (stream, _session, done) => {
        stream
          .resume()
          .on('end', () => done(null, '2.0.0 OK <AB1@VI1PR.EURPRD01.prod.outlook.com> [Hostname=VI1PR]'));
      },
    });
    expect((await smtp.submit(access, envelope, source)).serverMessageId).toBe(
      'AB1@vi1pr.eurprd01.prod.outlook.com'
    );
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
  ])(
    'when one recipient of several is refused sends to nobody and names it (%s PIPELINING)',
    async (_how, options) => {
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
    }
  );
});

describe('P2: when the connection breaks', () => {
  const script = async (wish: SmtpScript) => {
    const server = await startScriptedSmtp(wish);
    cleanups.push(() => server.stop());
    return server;
  };

  test('after the last byte and before the answer, the outcome is unknown', async () => {
    const { access } = await script({ afterMessage: 'cut' });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({
      code: 'SEND_OUTCOME_UNKNOWN',
    });
  });

  test('before the last byte, nothing was sent and it may be tried again', async () => {
    const { access } = await script({ cutAfterBytes: 1000 });
    const large = Buffer.alloc(30_000_000, 'Subject: x\r\n');
    await expect(smtp.submit(access, envelope, large)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test.each(['MAIL', 'RCPT', 'DATA'])('instead of an answer to %s, nothing was sent', async (verb) => {
    const { access } = await script({ answer: (command) => (command.startsWith(verb) ? 'cut' : null) });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('while we log in, the password is not blamed', async () => {
    const { access } = await script({ answer: (command) => (command.startsWith('AUTH') ? 'cut' : null) });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('an answer of 421 to the message is an answer: it was not taken', async () => {
    const { access } = await script({ afterMessage: '421 4.7.0 Closing' });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code: 'SERVER_THROTTLED' });
  });

  test('S37: an address with a line break never reaches the server', async () => {
    const { access, commands } = await script({});
    const rcptTo = ['a@example.net>\r\nRCPT TO:<b@example.net'];
    await expect(smtp.submit(access, { ...envelope, rcptTo }, source)).rejects.toMatchObject({
      code: 'RECIPIENT_REFUSED',
    });
    const mailFrom = 'a@example.net>\r\nDATA';
    await expect(smtp.submit(access, { ...envelope, mailFrom }, source)).rejects.toMatchObject({
      code: 'SENDER_REFUSED',
    });
    expect(commands.join()).not.toMatch(/RCPT|DATA/);
  });

  test('a server without AUTH is told no password', async () => {
    const { access, commands } = await script({ extensions: ['SIZE 1000'] });
    await expect(smtp.submit(access, envelope, source)).rejects.toMatchObject({ code: 'LOGIN_NOT_OFFERED' });
    expect(commands.join()).not.toMatch(/AUTH/);
  });
});

describe('the SMTP adapter trusts (S35, c28)', () => {
  test.each([true, false])(
    'no self-signed certificate, and shows what would have to be pinned (TLS first: %s)',
    async (secure) => {
      const { access, logins } = await startServer({ secure });
      await expect(
        smtp.submit({ ...access, pinnedCertificate: null }, envelope, source)
      ).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_UNTRUSTED',
        detail: expect.stringContaining(`SHA-256 ${certificate.fingerprint}`),
      });
      const other = await makeCertificate();
      await expect(
        smtp.submit({ ...access, pinnedCertificate: other.fingerprint }, envelope, source)
      ).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_UNTRUSTED',
        detail: expect.stringContaining(certificate.fingerprint),
      });
      expect(logins).toEqual([]);
    }
  );

  test.each([true, false])(
    'a certificate of a trusted authority for this host only (TLS first: %s)',
    async (secure) => {
      const authority = await makeAuthority();
      const signed = await makeCertificate({ names: ['mail.example.org'], addresses: [], authority });
      const { access, received, logins } = await startServer({ secure }, signed);
      const trusting = createSmtp({ authorities: [authority.cert] });
      const unpinned = { ...access, pinnedCertificate: null };
      for (const host of ['mail.example.net', '127.0.0.1']) {
        await expect(trusting.submit({ ...unpinned, host }, envelope, source)).rejects.toMatchObject({
          code: 'TLS_CERTIFICATE_WRONG_HOST',
        });
      }
      expect(logins).toEqual([]);
      await trusting.submit({ ...unpinned, host: 'mail.example.org' }, envelope, source);
      expect(received).toHaveLength(1);
    }
  );

  test('no expired certificate, pinned or not', async () => {
    const expired = await makeCertificate({ expired: true });
    const { access, logins } = await startServer({ secure: true }, expired);
    for (const pinnedCertificate of [null, expired.fingerprint]) {
      await expect(smtp.submit({ ...access, pinnedCertificate }, envelope, source)).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_EXPIRED',
      });
    }
    expect(logins).toEqual([]);
  });

  test('no server that does not offer STARTTLS', async () => {
    const { access, logins } = await startServer({ disabledCommands: ['STARTTLS'] });
    for (const pinnedCertificate of [null, access.pinnedCertificate]) {
      await expect(smtp.submit({ ...access, pinnedCertificate }, envelope, source)).rejects.toMatchObject({
        code: 'TLS_NOT_OFFERED',
      });
    }
    expect(logins).toEqual([]);
  });
});

describe('the SMTP adapter tests a connection', () => {
  const stepsOf = async (access: ServerAccess) => {
    const steps: ConnectionStep[] = [];
    const outcome = await smtp
      .test(access, (step) => steps.push(step))
      .catch((error: { code: string }) => error.code);
    return {
      outcome,
      steps: steps.map(({ name, state, finding, error }) => [name, state, finding || error?.code || '']),
    };
  };

  test.each([true, false])('in steps (TLS first: %s)', async (secure) => {
    const { access, received } = await startServer({ secure });
    expect((await stepsOf(access)).steps).toEqual([
      ['smtp-reach', 'running', ''],
      ['smtp-reach', 'passed', ''],
      ['smtp-tls', 'running', ''],
      ['smtp-tls', 'passed', 'TLS 1.3'],
      ['smtp-login', 'running', ''],
      ['smtp-login', 'passed', ''],
    ]);
    expect(received).toEqual([]);
  });

  test.each([
    ['smtp-tls', 'TLS_CERTIFICATE_UNTRUSTED', { pinnedCertificate: null }],
    ['smtp-login', 'LOGIN_REFUSED', { password: 'hunter2-wrong' }],
  ] as const)('and stops where it fails: %s, %s', async (name, code, change) => {
    const { access } = await startServer({ secure: true });
    const { outcome, steps } = await stepsOf({ ...access, ...change });
    expect(outcome).toBe(code);
    expect(steps.at(-1)).toEqual([name, 'failed', code]);
  });

  test('and does not repeat a password that the server repeats (S36)', async () => {
    const { access } = await startServer({ secure: true });
    await expect(smtp.test({ ...access, password: 'hunter2-wrong' }, () => undefined)).rejects.toMatchObject({
      detail: expect.stringMatching(/^535 5\.7\.8 Authentication failed for ann with \*\*\*$/),
    });
  });

  test('and says where nothing listens', async () => {
    const { access } = await startServer();
    const { outcome, steps } = await stepsOf({ ...access, port: await freePort() });
    expect(outcome).toBe('CONNECTION_REFUSED');
    expect(steps.at(-1)).toEqual(['smtp-reach', 'failed', 'CONNECTION_REFUSED']);
  });
});

describeWith('dovecot', 'the SMTP adapter against Dovecot', () => {
  test('logs in over STARTTLS', async () => {
    const dovecot = await startDovecot({ users: { ann: PASSWORD } });
    cleanups.push(() => dovecot.stop());
    // Dovecot answers EHLO with the extensions of the server it relays to, which therefore has to be there.
    const relay = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      logger: false,
      closeTimeout: 100,
    });
    await new Promise<void>((resolve) => relay.listen(dovecot.relayPort, '127.0.0.1', resolve));
    cleanups.push(() => new Promise<void>((resolve) => relay.close(resolve)));
    const access: ServerAccess = {
      host: 'localhost',
      ip: '127.0.0.1',
      port: dovecot.submissionPort,
      tls: 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: dovecot.certificate.fingerprint,
    };
    await smtp.test(access, () => undefined);
    await smtp.submit(access, envelope, source);
    await expect(smtp.test({ ...access, password: 'wrong' }, () => undefined)).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
    });
  });
});

function refuseData(responseCode: number, message: string): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _session, done) => {
    stream.resume().on('end', () => done(reply(responseCode, message)));
  };
}
