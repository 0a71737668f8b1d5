import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ConnectionStep, ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeAuthority, makeCertificate } from '../support/certificates';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { freePort } from '../../dev/strapi/free-port';
import { accessTo, NEVER, PASSWORD, sessionPool } from '../support/imap-client';
import { describeWith } from '../support/services';

const users = { ann: PASSWORD };
const imap = createImap();
const { connect, closeAll } = sessionPool();

afterEach(closeAll);

describeWith('dovecot', 'the IMAP adapter against Dovecot, connecting', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  describe('connects', () => {
    test.each(['implicit', 'starttls'] as const)('with TLS %s', async (tls) => {
      const session = await connect(accessTo(dovecot, { tls }));
      expect((await session.listFolders()).map(({ folderPath }) => folderPath)).toContain('INBOX');
      expect(await dovecot.log()).toMatch(/Login: user=<ann>.*TLS/);
    });

    test('and says of a wrong password that it was refused, without repeating it (S36)', async () => {
      const wrong = connect(accessTo(dovecot, { password: 'hunter2-wrong' }));
      await expect(wrong).rejects.toMatchObject({
        code: 'LOGIN_REFUSED',
        detail: expect.stringContaining('AUTHENTICATIONFAILED'),
      });
      await expect(wrong).rejects.not.toMatchObject({ detail: expect.stringContaining('hunter2') });
    });

    test('c27: one session more than the server allows is throttled, not refused, and let in later', async () => {
      const narrow = await startDovecot({ users, connectionsPerUser: 1 });
      try {
        const first = await connect(accessTo(narrow));
        await expect(connect(accessTo(narrow))).rejects.toMatchObject({
          code: expect.stringMatching(/^(LOGIN|SERVER)_THROTTLED$/),
          retryAfterMs: 900_000,
        });
        await first.close();
        while (/ann/.test(await narrow.doveadm('who')))
          await new Promise((resolve) => setTimeout(resolve, 10));
        await expect(connect(accessTo(narrow))).resolves.toBeDefined();
      } finally {
        await narrow.stop();
      }
    });

    test('not where nothing listens', async () => {
      await expect(connect(accessTo(dovecot, { port: await freePort() }))).rejects.toMatchObject({
        code: 'CONNECTION_REFUSED',
      });
    });

    test('not to a port with TLS from the first byte when told STARTTLS', async () => {
      const impatient = createImap({ connectTimeoutMs: 500, greetingTimeoutMs: 500 });
      const access = accessTo(dovecot, { tls: 'starttls', port: dovecot.imapsPort, pinnedCertificate: null });
      await expect(impatient.connect(access, NEVER)).rejects.toMatchObject({ code: 'CONNECTION_TIMED_OUT' });
    });

    test('not to a port for STARTTLS when told TLS from the first byte', async () => {
      const access = accessTo(dovecot, { tls: 'implicit', port: dovecot.imapPort, pinnedCertificate: null });
      await expect(imap.connect(access, NEVER)).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' });
    });
  });

  describe('trusts (S35, c28)', () => {
    const refusedLogins = async () =>
      (await dovecot.log()).split('\n').filter((line) => /user=<zoe>|auth failed.*zoe/.test(line));

    test.each(['implicit', 'starttls'] as const)(
      'no self-signed certificate, and shows what would have to be pinned (%s)',
      async (tls) => {
        const access = accessTo(dovecot, { tls, username: 'zoe', pinnedCertificate: null });
        await expect(imap.connect(access, NEVER)).rejects.toMatchObject({
          code: 'TLS_CERTIFICATE_UNTRUSTED',
          detail: expect.stringMatching(
            new RegExp(
              `SHA-256 ${dovecot.certificate.fingerprint}; subject CN=localhost;.* valid until \\d{4}-`
            )
          ),
        });
        expect(await refusedLogins()).toEqual([]);
      }
    );

    test.each(['implicit', 'starttls'] as const)(
      'no other certificate than the pinned one (%s)',
      async (tls) => {
        const other = await makeCertificate();
        const access = accessTo(dovecot, { tls, username: 'zoe', pinnedCertificate: other.fingerprint });
        await expect(imap.connect(access, NEVER)).rejects.toMatchObject({
          code: 'TLS_CERTIFICATE_UNTRUSTED',
          detail: expect.stringContaining(dovecot.certificate.fingerprint),
        });
        expect(await refusedLogins()).toEqual([]);
      }
    );

    test('the pinned certificate whatever host name it bears; and a login does show in the log', async () => {
      const access = accessTo(dovecot, { host: 'mail.example.org', username: 'zoe' });
      await expect(imap.connect(access, NEVER)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
      // Dovecot writes its log behind its answer.
      while ((await refusedLogins()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    });

    test('no expired certificate, pinned or not', async () => {
      const expired = await startDovecot({ users, certificate: await makeCertificate({ expired: true }) });
      try {
        for (const pinnedCertificate of [null, expired.certificate.fingerprint]) {
          await expect(imap.connect(accessTo(expired, { pinnedCertificate }), NEVER)).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_EXPIRED',
          });
        }
        expect(await expired.log()).not.toMatch(/Login:/);
      } finally {
        await expired.stop();
      }
    });

    test('a certificate that a trusted authority signed for this host, and for no other', async () => {
      const authority = await makeAuthority();
      const certificate = await makeCertificate({ names: ['mail.example.org'], addresses: [], authority });
      const signed = await startDovecot({ users, certificate });
      const trusting = createImap({ authorities: [authority.cert] });
      try {
        for (const tls of ['implicit', 'starttls'] as const) {
          const access = accessTo(signed, { tls, host: 'mail.example.org', pinnedCertificate: null });
          await connect(access, undefined, trusting);
          await expect(
            trusting.connect({ ...access, host: 'mail.example.net' }, NEVER)
          ).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_WRONG_HOST',
            detail: expect.stringContaining(certificate.fingerprint),
          });
          await expect(trusting.connect({ ...access, host: '127.0.0.1' }, NEVER)).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_WRONG_HOST',
          });
          // The name is what is checked, so without the authority the same certificate is worth nothing.
          await expect(imap.connect(access, NEVER)).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_UNTRUSTED',
          });
        }
      } finally {
        await signed.stop();
      }
    });

    test('a pinned certificate that an unknown authority signed', async () => {
      const certificate = await makeCertificate({ authority: await makeAuthority() });
      const signed = await startDovecot({ users, certificate });
      try {
        for (const tls of ['implicit', 'starttls'] as const) await connect(accessTo(signed, { tls }));
      } finally {
        await signed.stop();
      }
    });
  });

  describe('tests a connection', () => {
    const stepsOf = async (access: ServerAccess) => {
      const steps: ConnectionStep[] = [];
      const outcome = await createImap()
        .test(access, NEVER, (step) => steps.push(step))
        .catch((error: { code: string }) => error.code);
      return {
        outcome,
        steps: steps.map(({ name, state, finding, error }) => [name, state, finding || error?.code || '']),
      };
    };

    test('in steps', async () => {
      const { outcome, steps } = await stepsOf(accessTo(dovecot, { tls: 'starttls' }));
      expect(outcome).toContainEqual({
        folderPath: 'INBOX',
        delimiter: '/',
        specialUse: 'inbox',
        objectId: null,
        selectable: true,
      });
      expect(steps).toEqual([
        ['imap-reach', 'running', ''],
        ['imap-reach', 'passed', ''],
        ['imap-tls', 'running', ''],
        ['imap-tls', 'passed', 'TLS 1.3'],
        ['imap-login', 'running', ''],
        ['imap-login', 'passed', ''],
        ['imap-folders', 'running', ''],
        ['imap-folders', 'passed', '6 folders'],
      ]);
    });

    test.each([
      ['imap-tls', 'TLS_CERTIFICATE_UNTRUSTED', { pinnedCertificate: null }],
      ['imap-login', 'LOGIN_REFUSED', { password: 'wrong' }],
    ] as const)('and stops where it fails: %s, %s', async (name, code, change) => {
      const { outcome, steps } = await stepsOf(accessTo(dovecot, change));
      expect(outcome).toBe(code);
      expect(steps.at(-1)).toEqual([name, 'failed', code]);
    });

    test('and stops where it fails: imap-reach, CONNECTION_REFUSED', async () => {
      const { outcome, steps } = await stepsOf(accessTo(dovecot, { port: await freePort() }));
      expect(outcome).toBe('CONNECTION_REFUSED');
      expect(steps.at(-1)).toEqual(['imap-reach', 'failed', 'CONNECTION_REFUSED']);
    });
  });
});

describe('a server in clear text (S35)', () => {
  /** Greets, then answers commands by their name; keeps what it heard. */
  const talking = async (greeting: string, answers: Record<string, string>) => {
    const heard: string[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.write(`${greeting}\r\n`);
      socket.on('data', (chunk) => {
        heard.push(chunk.toString());
        const [tag = '', command = ''] = chunk.toString().trim().split(' ');
        socket.write((answers[command] ?? 'TAG BAD What?').replace('TAG', tag) + '\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const access: ServerAccess = {
      host: 'localhost',
      ip: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      tls: 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: null,
    };
    const stop = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    return { access, heard, stop };
  };

  const capability = (names: string) => ({ CAPABILITY: `* CAPABILITY IMAP4rev1 ${names}\r\nTAG OK` });

  test.each([
    ['that does not know STARTTLS', '* OK hi', capability('AUTH=PLAIN')],
    [
      'that refuses STARTTLS',
      '* OK hi',
      { ...capability('STARTTLS AUTH=PLAIN'), STARTTLS: 'TAG NO Not now' },
    ],
    ['that claims we are logged in already', '* PREAUTH hi', capability('STARTTLS')],
    [
      'that speaks on after STARTTLS',
      '* OK hi',
      { ...capability('STARTTLS'), STARTTLS: 'TAG OK\r\n* OK I am the server' },
    ],
  ])('%s gets no password', async (_what, greeting, answers) => {
    const { access, heard, stop } = await talking(greeting, answers);
    const code = expect.stringMatching(/^TLS_(NOT_OFFERED|FAILED)$/);
    try {
      await expect(imap.connect(access, NEVER)).rejects.toMatchObject({ code });
      await expect(
        imap.connect({ ...access, pinnedCertificate: 'a'.repeat(64) }, NEVER)
      ).rejects.toMatchObject({
        code,
      });
      await expect(imap.test(access, NEVER, () => undefined)).rejects.toMatchObject({ code });
    } finally {
      stop();
    }
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.join('')).not.toMatch(/LOGIN|AUTHENTICATE|ann/i);
  });

  test.each([
    ['that is no IMAP server', '220 smtp.example.org ESMTP', 'PROTOCOL_MISMATCH'],
    ['that has too much to do', '* BYE Too many connections', 'SERVER_THROTTLED'],
  ])('%s is told apart', async (_what, greeting, code) => {
    const { access, stop } = await talking(greeting, {});
    try {
      await expect(imap.test(access, NEVER, () => undefined)).rejects.toMatchObject({ code });
    } finally {
      stop();
    }
  });
});
