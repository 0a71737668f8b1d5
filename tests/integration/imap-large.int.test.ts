import { ImapFlow } from 'imapflow';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { makeFaultyGate } from '../support/faulty-gate';
import { accessTo, allUids, calls, inFolder, mail, PASSWORD, sessionPool } from '../support/imap-client';
import { isSearch, lines, startScriptedImap } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';
import { describeWith } from '../support/services';

const users = { ann: PASSWORD, bob: PASSWORD, cleo: PASSWORD };
const BURST = 5_000;
const { connect, closeAll } = sessionPool();

afterEach(closeAll);

describeWith('dovecot', 'much mail and lost connections on Dovecot', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  /** As fast as Dovecot takes it. */
  const fill = async (user: string, count: number): Promise<void> => {
    const program = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: [dovecot.certificate.cert] },
      auth: { user, pass: PASSWORD },
      logger: false,
    });
    await program.connect();
    for (let i = 0; i < count; i++) await program.append('INBOX', Buffer.from(mail(`${user}-${i}`)));
    await program.logout();
  };

  test('c19: of a burst of 5,000 every one is scanned, in commands of 500, while another inbox gets its answers', async () => {
    const imap = createImap();
    const session = await connect(accessTo(dovecot), undefined, imap);
    const changes = calls();
    await session.watch('INBOX', changes.listener);
    await fill('ann', BURST);
    await changes.nth(1);
    const other = await connect(accessTo(dovecot, { username: 'bob' }), undefined, imap);
    const order: string[] = [];
    const scan = inFolder(session, 'INBOX', async (folder) => {
      const uids = await allUids(folder);
      const result = await folder.scanHeaders(uids);
      order.push('burst');
      return result;
    });
    await inFolder(other, 'INBOX', allUids);
    order.push('other inbox');
    const { scanned, unreadable } = await scan;
    expect([new Set(scanned.map(({ imapUid }) => imapUid)).size, unreadable]).toEqual([BURST, []]);
    expect(order).toEqual(['other inbox', 'burst']);
    const fetches = (await dovecot.rawlog('ann')).match(/UID FETCH \S+ \(.*HEADER/g) ?? [];
    expect(fetches).toHaveLength(BURST / 500);
  }, 120_000);

  test('c20: a killed mail process is told as a lost connection, and the next one reads all', async () => {
    await fill('bob', 3);
    let close: (error: Error | null) => void = () => undefined;
    const closed = new Promise<Error | null>((resolve) => {
      close = resolve;
    });
    const session = await connect(accessTo(dovecot, { username: 'bob' }), close);
    await session.watch('INBOX', () => undefined);
    await dovecot.doveadm('kick', 'bob');
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST' });
    const again = await connect(accessTo(dovecot, { username: 'bob' }));
    expect(await inFolder(again, 'INBOX', allUids)).toEqual([1, 2, 3]);
  });

  test.each([100, 20_000, 60_000])(
    'c20: a line that breaks %i bytes into a scan ends it; a scan over a new one has each message once',
    async (bytes) => {
      const gate = await makeFaultyGate(dovecot.imapsPort);
      try {
        if (
          (await inFolder(await connect(accessTo(dovecot, { username: 'cleo' })), 'INBOX', allUids))
            .length === 0
        )
          await fill('cleo', 400);
        const session = await connect(accessTo(dovecot, { username: 'cleo', port: gate.port }));
        const folder = await session.openFolder('INBOX');
        const uids = await allUids(folder);
        gate.cutAfterBytes(bytes);
        await expect(folder.scanHeaders(uids)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
        const again = await connect(accessTo(dovecot, { username: 'cleo' }));
        const { scanned } = await inFolder(again, 'INBOX', (opened) => opened.scanHeaders(uids));
        expect(scanned.map(({ imapUid }) => imapUid)).toEqual(uids);
      } finally {
        await gate.stop();
      }
    }
  );
});

describe('a folder with a million messages', () => {
  const MILLION = 1_000_000;
  let server: ScriptedServer | undefined;

  afterEach(() => server?.stop());

  /** Every third UID, as after years of deletions. */
  const uidsIn = (command: string): number[] => {
    const [, from = 0, to = 0] = (/UID (\d+):(\d+)/.exec(command) ?? []).map(Number);
    const uids: number[] = [];
    for (let uid = Math.ceil(from / 3) * 3; uid <= Math.min(to, 3 * MILLION); uid += 3)
      if (uid > 0) uids.push(uid);
    return uids;
  };
  const answers = {
    ESEARCH: (uids: number[]) => `* ESEARCH (TAG "TAG") UID ALL ${uids.join(',')} COUNT ${uids.length}`,
    SEARCH: (uids: number[]) => `* SEARCH ${uids.join(' ')}`,
  };

  test.each(['ESEARCH', 'SEARCH'] as const)(
    'c4: is listed in pieces of a quarter million by %s',
    async (how) => {
      server = await startScriptedImap((command) => {
        if (/^CAPABILITY/.test(command))
          return `* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ${how}\r\nTAG OK done`;
        if (/^EXAMINE/.test(command))
          return lines(
            `* ${MILLION} EXISTS`,
            '* OK [UIDVALIDITY 7] ok',
            `* OK [UIDNEXT ${3 * MILLION + 1}] ok`,
            'TAG OK [READ-ONLY] done'
          );
        return isSearch(command) ? lines(answers[how](uidsIn(command)), 'TAG OK done') : null;
      });
      const session = await connect(server.access);
      const uids = await inFolder(session, 'INBOX', allUids);
      expect([uids.length, uids[0], uids.at(-1)]).toEqual([MILLION, 3, 3 * MILLION]);
      expect(new Set(uids).size).toBe(MILLION);
      const pieces = [
        [1, 750_000],
        [750_001, 1_500_000],
        [1_500_001, 2_250_000],
        [2_250_001, 3_000_000],
      ];
      const asked = server.commands.filter(isSearch).map((command) => /UID \d+:\d+/.exec(command)?.[0]);
      expect(asked).toEqual(pieces.map(([from, to]) => `UID ${from}:${to}`));

      const since = await inFolder(session, 'INBOX', (folder) => folder.listUidsSince(new Date()));
      expect(since).toHaveLength(MILLION);
      expect(server.commands.filter((command) => /SINCE/.test(command))).toHaveLength(pieces.length);
    }
  );
});
