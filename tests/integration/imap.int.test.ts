import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import type {
  Bytes,
  ConnectionStep,
  ImapSession,
  OpenFolder,
  ServerAccess,
} from '../../src/plugins/email-connect/server/src/ports';
import { makeAuthority, makeCertificate } from '../support/certificates';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { freePort } from '../support/free-port';
import { describeWith } from '../support/services';

const PASSWORD = 'correct horse';
const users = { ann: PASSWORD, bob: PASSWORD, cleo: PASSWORD, dora: PASSWORD, emil: PASSWORD, fay: PASSWORD };

const accessTo = (server: Dovecot, change: Partial<ServerAccess> = {}): ServerAccess => ({
  host: 'localhost',
  ip: '127.0.0.1',
  port: change.tls === 'starttls' ? server.imapPort : server.imapsPort,
  tls: 'implicit',
  username: 'ann',
  password: PASSWORD,
  pinnedCertificate: server.certificate.fingerprint,
  ...change,
});

const mail = (id: string, body = 'Hello.') =>
  [
    `Message-ID: <${id}@example.net>`,
    'From: customer@example.net',
    'To: ann@example.org',
    `Subject: ${id}`,
    '',
    body,
    '',
  ].join('\r\n');

const read = async (bytes: Bytes | null): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
};

/** Resolves with the n-th call of the listener it hands out. */
const calls = () => {
  let count = 0;
  const waiting: { at: number; resolve: () => void }[] = [];
  return {
    listener: () => {
      count += 1;
      for (const { at, resolve } of waiting) if (count >= at) resolve();
    },
    count: () => count,
    nth: (at: number) =>
      new Promise<void>((resolve) => (count >= at ? resolve() : waiting.push({ at, resolve }))),
  };
};

const imap = createImap();
const sessions: ImapSession[] = [];

const connect = async (
  access: ServerAccess,
  onClosed?: (error: Error | null) => void,
  using = imap
): Promise<ImapSession> => {
  const session = await using.connect(access, onClosed);
  sessions.push(session);
  return session;
};

/** Opens, uses and releases a folder. */
const inFolder = async <T>(
  session: ImapSession,
  folderPath: string,
  work: (folder: OpenFolder) => Promise<T>
): Promise<T> => {
  const folder = await session.openFolder(folderPath);
  try {
    return await work(folder);
  } finally {
    folder.release();
  }
};

const allUids = (folder: OpenFolder) => folder.listUids(1, folder.state.uidNext - 1);

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

describeWith('dovecot', 'the IMAP adapter against Dovecot', () => {
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

    test('not where nothing listens', async () => {
      await expect(connect(accessTo(dovecot, { port: await freePort() }))).rejects.toMatchObject({
        code: 'CONNECTION_REFUSED',
      });
    });

    test('not to a port with TLS from the first byte when told STARTTLS', async () => {
      const impatient = createImap({ connectTimeoutMs: 500, greetingTimeoutMs: 500 });
      const access = accessTo(dovecot, { tls: 'starttls', port: dovecot.imapsPort, pinnedCertificate: null });
      await expect(impatient.connect(access)).rejects.toMatchObject({ code: 'CONNECTION_TIMED_OUT' });
    });

    test('not to a port for STARTTLS when told TLS from the first byte', async () => {
      const access = accessTo(dovecot, { tls: 'implicit', port: dovecot.imapPort, pinnedCertificate: null });
      await expect(imap.connect(access)).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' });
    });
  });

  describe('trusts (S35, c28)', () => {
    const refusedLogins = async () =>
      (await dovecot.log()).split('\n').filter((line) => /user=<zoe>|auth failed.*zoe/.test(line));

    test.each(['implicit', 'starttls'] as const)(
      'no self-signed certificate, and shows what would have to be pinned (%s)',
      async (tls) => {
        const access = accessTo(dovecot, { tls, username: 'zoe', pinnedCertificate: null });
        await expect(imap.connect(access)).rejects.toMatchObject({
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
        await expect(imap.connect(access)).rejects.toMatchObject({
          code: 'TLS_CERTIFICATE_UNTRUSTED',
          detail: expect.stringContaining(dovecot.certificate.fingerprint),
        });
        expect(await refusedLogins()).toEqual([]);
      }
    );

    test('the pinned certificate whatever host name it bears; and a login does show in the log', async () => {
      const access = accessTo(dovecot, { host: 'mail.example.org', username: 'zoe' });
      await expect(imap.connect(access)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
      expect(await refusedLogins()).not.toEqual([]);
    });

    test('no expired certificate, pinned or not', async () => {
      const expired = await startDovecot({ users, certificate: await makeCertificate({ expired: true }) });
      try {
        for (const pinnedCertificate of [null, expired.certificate.fingerprint]) {
          await expect(imap.connect(accessTo(expired, { pinnedCertificate }))).rejects.toMatchObject({
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
          await expect(trusting.connect({ ...access, host: 'mail.example.net' })).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_WRONG_HOST',
            detail: expect.stringContaining(certificate.fingerprint),
          });
          await expect(trusting.connect({ ...access, host: '127.0.0.1' })).rejects.toMatchObject({
            code: 'TLS_CERTIFICATE_WRONG_HOST',
          });
          // The name is what is checked, so without the authority the same certificate is worth nothing.
          await expect(imap.connect(access)).rejects.toMatchObject({ code: 'TLS_CERTIFICATE_UNTRUSTED' });
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

  describe('reads', () => {
    test('the folders with their special uses', async () => {
      const session = await connect(accessTo(dovecot));
      const folders = await session.listFolders();
      expect(folders.map(({ folderPath, specialUse }) => [folderPath, specialUse])).toEqual(
        expect.arrayContaining([
          ['INBOX', 'inbox'],
          ['Sent', 'sent'],
          ['Drafts', 'drafts'],
          ['Junk', 'junk'],
          ['Trash', 'trash'],
          ['Archive', 'archive'],
        ])
      );
      expect(folders.every(({ delimiter, selectable }) => delimiter === '/' && selectable)).toBe(true);
    });

    test('S12: headers of 100 messages and never a body', async () => {
      const canary = 'canary-5b1e0a';
      for (let i = 0; i < 100; i++) await dovecot.deliver('bob', mail(`bob-${i}`, canary));
      const session = await connect(accessTo(dovecot, { username: 'bob' }));
      const { scanned, unreadable } = await inFolder(session, 'INBOX', async (folder) =>
        folder.scanHeaders(await allUids(folder))
      );
      expect(unreadable).toEqual([]);
      expect(
        scanned.map(
          ({ headerBytes }) => /^subject: (.*?)\r$/im.exec(Buffer.from(headerBytes).toString())?.[1]
        )
      ).toEqual(Array.from({ length: 100 }, (_, i) => `bob-${i}`));
      expect(
        scanned.every(({ size, receivedAt }) => size > 100 && Date.now() - Date.parse(receivedAt) < 3_600_000)
      ).toBe(true);
      expect(scanned.some(({ headerBytes }) => Buffer.from(headerBytes).includes(canary))).toBe(false);

      const commands = await dovecot.rawlog('bob');
      expect(commands).toMatch(
        /UID FETCH 1:100 \(UID INTERNALDATE RFC822\.SIZE .*BODY\.PEEK\[HEADER\.FIELDS \(message-id /
      );
      expect(commands).not.toMatch(
        /BODY(\.PEEK)?\[\]|BODY\[|RFC822[ )]|RFC822\.TEXT|\[TEXT\]|ENVELOPE|BODYSTRUCTURE|PREVIEW/
      );
    });

    test('S13: a whole message, byte for byte, and nothing in the mailbox is changed by it', async () => {
      const body = Array.from(
        { length: 40_000 },
        (_, i) => `line ${i} of a mail of several pieces, dots: .\r\n.\r\n`
      ).join('');
      await dovecot.deliver('cleo', mail('cleo-1', body));
      const session = await connect(accessTo(dovecot, { username: 'cleo' }));
      const source = await inFolder(session, 'INBOX', async (folder) => {
        expect(folder.state).toMatchObject({
          exists: 1,
          uidNext: 2,
          uidValidity: expect.stringMatching(/^\d+$/),
        });
        return read(await folder.fetchMessage(1 as ImapUid));
      });
      expect(source.length).toBeGreaterThan(2 * 1024 * 1024);
      expect(source.endsWith(body + '\r\n')).toBe(true);
      await session.close();

      const commands = await dovecot.rawlog('cleo');
      expect(commands).toMatch(/EXAMINE INBOX/);
      expect(commands).toMatch(/BODY\.PEEK\[\]<1048576\.1048576>/);
      expect(commands).not.toMatch(/ SELECT |STORE|EXPUNGE|COPY|MOVE|BODY\[\]/);
    });

    test('a gone message as null, and an unread part of a message does not block the session', async () => {
      await dovecot.deliver('dora', mail('dora-1', 'x'.repeat(60_000).replace(/(.{70})/g, '$1\r\n')));
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.fetchMessage(99 as ImapUid)).toBeNull();
        for await (const _piece of (await folder.fetchMessage(1 as ImapUid)) ?? []) break;
        expect(await folder.listUids(1, 99)).toEqual([1]);
      });
    });

    test('c5: a UID range beyond the end as empty, and a scan of gone UIDs as neither scanned nor unreadable', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.listUids(500, 600)).toEqual([]);
        expect(await folder.listUids(5, 4)).toEqual([]);
        const { scanned, unreadable } = await folder.scanHeaders([1, 77, 99] as ImapUid[]);
        expect([scanned.map(({ imapUid }) => imapUid), unreadable]).toEqual([[1], []]);
        expect(await folder.scanHeaders([])).toEqual({ scanned: [], unreadable: [] });
      });
    });

    test('the messages since a day, and none since tomorrow', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      const day = 24 * 3_600_000;
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.listUidsSince(new Date())).toEqual([1]);
        expect(await folder.listUidsSince(new Date(Date.now() + 3 * day))).toEqual([]);
      });
    });

    test('a folder that is not there as FOLDER_UNREADABLE, and the session goes on', async () => {
      const session = await connect(accessTo(dovecot));
      await expect(session.openFolder('No such folder')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
      expect(await inFolder(session, 'INBOX', async ({ state }) => state.exists)).toBe(0);
    });

    test('fresh numbers whenever a folder is opened again', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      const before = await inFolder(session, 'INBOX', async ({ state }) => state);
      await dovecot.deliver('dora', mail('dora-2'));
      const after = await inFolder(session, 'INBOX', async ({ state }) => state);
      expect(after).toEqual({ ...before, exists: before.exists + 1, uidNext: before.uidNext + 1 });
    });
  });

  describe('files a sent mail', () => {
    const source = Buffer.from(mail('sent-1', 'Grüße, 8 bit and \0 a NUL are kept.\r\n\r\n.\r\n'), 'utf8');

    test('S9: once, as read, byte for byte; and finds it by its Message-ID', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      const sentAt = new Date('2026-03-04T05:06:07Z');
      const uid = await session.append('Sent', source, sentAt);
      expect(uid).toBe(1);
      expect(await session.findByMessageId('Sent', 'sent-1@example.net' as MessageId)).toEqual([1]);
      await inFolder(session, 'Sent', async (folder) => {
        const stored = await read(await folder.fetchMessage(1 as ImapUid));
        expect(stored.replace(/\x80/g, '\0')).toBe(source.toString('latin1'));
        const { scanned } = await folder.scanHeaders([1 as ImapUid]);
        expect(scanned[0]?.receivedAt).toBe(sentAt.toISOString());
      });
      await session.close();
      expect(await dovecot.rawlog('emil')).toMatch(/APPEND Sent \(\\Seen\) "0?4-Mar-2026 05:06:07 \+0000"/);
    });

    test('and tells an id from one that only contains it', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      expect(await session.findByMessageId('Sent', 'ent-1@example.net' as MessageId)).toEqual([]);
      expect(await session.findByMessageId('Sent', 'SENT-1@example.net' as MessageId)).toEqual([]);
      expect(await session.findByMessageId('Drafts', 'sent-1@example.net' as MessageId)).toEqual([]);
    });

    test('not into a folder that is not there', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      await expect(session.append('Nowhere', source, new Date())).rejects.toMatchObject({
        code: 'SERVER_REFUSED',
      });
    });
  });

  describe('watches', () => {
    test('and tells of a delivery at once', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      expect(changes.count()).toBe(0);
      await dovecot.deliver('fay', mail('fay-1'));
      await changes.nth(1);
    });

    test('c18: through other work of the same session, in this and in other folders', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      for (let round = 1; round <= 3; round++) {
        expect(await inFolder(session, 'Sent', async ({ state }) => state.exists)).toBe(0);
        expect((await session.listFolders()).length).toBeGreaterThan(5);
        const seen = changes.count();
        await dovecot.deliver('fay', mail(`fay-round-${round}`));
        await changes.nth(seen + 1);
        const { exists } = await inFolder(session, 'INBOX', async ({ state }) => state);
        expect(exists).toBe(1 + round);
      }
    });

    test('c18: what arrives while another folder is open is told when it is released', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      const sent = await session.openFolder('Sent');
      await dovecot.deliver('fay', mail('fay-meanwhile'));
      expect(changes.count()).toBe(0);
      sent.release();
      await changes.nth(1);
    });

    test('c17: every renewal of IDLE counts as a change', async () => {
      const restless = createImap({ idleRestartMs: 50 });
      const session = await connect(accessTo(dovecot, { username: 'fay' }), undefined, restless);
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      await changes.nth(3);
      await session.close();
      expect((await dovecot.rawlog('fay')).match(/ IDLE\r?$/gm)?.length).toBeGreaterThanOrEqual(3);
    });

    test('c17: a server without IDLE is looked at', async () => {
      const plain = await startDovecot({ users, capability: 'IMAP4rev1 UIDPLUS' });
      try {
        const session = await connect(accessTo(plain), undefined, createImap({ pollMs: 50 }));
        const changes = calls();
        await session.watch('INBOX', changes.listener);
        await plain.deliver('ann', mail('ann-1'));
        await changes.nth(1);
        expect(await plain.rawlog('ann')).not.toMatch(/ IDLE/);
      } finally {
        await plain.stop();
      }
    });

    test('no folder that is not there', async () => {
      const session = await connect(accessTo(dovecot));
      await expect(session.watch('No such folder', () => undefined)).rejects.toMatchObject({
        code: 'FOLDER_UNREADABLE',
      });
    });
  });

  describe('ends', () => {
    test('c20: a killed server is told once, calls fail as CONNECTION_LOST, a new connection works', async () => {
      const doomed = await startDovecot({ users });
      const closings: (Error | null)[] = [];
      let told: () => void = () => undefined;
      const closed = new Promise<void>((resolve) => {
        told = resolve;
      });
      const session = await connect(accessTo(doomed), (error) => {
        closings.push(error);
        told();
      });
      await session.watch('INBOX', () => undefined);
      await doomed.stop();
      await closed;
      await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      expect(closings).toEqual([expect.objectContaining({ code: 'CONNECTION_LOST' })]);
    });

    test('our own close tells nobody', async () => {
      let told = 0;
      const session = await connect(accessTo(dovecot), () => {
        told += 1;
      });
      await session.watch('INBOX', () => undefined);
      await session.close();
      await expect(session.listFolders()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      expect(told).toBe(0);
    });
  });

  describe('tests a connection', () => {
    const stepsOf = async (access: ServerAccess) => {
      const steps: ConnectionStep[] = [];
      const outcome = await createImap()
        .test(access, (step) => steps.push(step))
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
  /** Says its lines, one for each line it gets, and keeps what it got. */
  const talking = async (...lines: string[]) => {
    const heard: string[] = [];
    const server: Server = createServer((socket) => {
      const answers = [...lines];
      socket.on('error', () => undefined);
      socket.write(answers.shift() ?? '');
      socket.on('data', (chunk) => {
        heard.push(chunk.toString());
        socket.write(
          (answers.shift() ?? '* BYE\r\n').replaceAll('TAG', chunk.toString().split(' ')[0] ?? '')
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { port, heard, stop: () => new Promise((resolve) => server.close(resolve)) };
  };

  test.each([
    [
      'that does not know STARTTLS',
      ['* OK hi\r\n', '* CAPABILITY IMAP4rev1\r\nTAG OK\r\n', 'TAG BAD what?\r\n'],
      'TLS_NOT_OFFERED',
    ],
    [
      'that refuses STARTTLS',
      ['* OK hi\r\n', '* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK\r\n', 'TAG NO not now\r\n'],
      'TLS_NOT_OFFERED',
    ],
    ['that claims we are logged in already', ['* PREAUTH hi\r\n'], 'TLS_NOT_OFFERED'],
  ])('%s gets no password', async (_what, lines, code) => {
    const server = await talking(...lines);
    const access: ServerAccess = {
      host: 'localhost',
      ip: '127.0.0.1',
      port: server.port,
      tls: 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: null,
    };
    await expect(imap.connect(access)).rejects.toMatchObject({ code });
    await expect(imap.connect({ ...access, pinnedCertificate: 'a'.repeat(64) })).rejects.toMatchObject({
      code,
    });
    await expect(imap.test(access, () => undefined)).rejects.toMatchObject({ code });
    expect(server.heard.join('')).not.toMatch(/LOGIN|AUTHENTICATE|ann/i);
    await server.stop();
  });

  test('that is no IMAP server is told apart', async () => {
    const server = await talking('220 smtp.example.org ESMTP\r\n');
    const access: ServerAccess = {
      host: 'localhost',
      ip: '127.0.0.1',
      port: server.port,
      tls: 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: null,
    };
    await expect(imap.test(access, () => undefined)).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' });
    await server.stop();
  });
});
