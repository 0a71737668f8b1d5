import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { readTrace } from '../../src/plugins/email-connect/server/src/domain/message/trace';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { accessTo, inFolder, PASSWORD, sessionPool } from '../support/imap-client';
import { isFetch, isSearch, lines, namedUids, startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';
import { describeWith } from '../support/services';

const { connect, closeAll } = sessionPool();
let server: ScriptedServer | null = null;
afterEach(async () => {
  await closeAll();
  server?.stop();
  server = null;
});

const uids = (...numbers: number[]) => numbers as ImapUid[];
const row = (uid: number): string => {
  const header = `Received: by mx${uid}.test; now\r\n\r\n`;
  return `* ${uid} FETCH (UID ${uid} BODY[HEADER.FIELDS (received authentication-results)] {${header.length}}\r\n${header})`;
};

const tracesBy = async (script: Script, asked: ImapUid[]) => {
  server = await startScriptedImap(script);
  const session = await connect(server.access, undefined, createImap({ retryWaitsMs: [] }));
  return inFolder(session, 'INBOX', (folder) => folder.fetchTraces(asked));
};

/** Answers each FETCH with the rows of those UIDs that `gives` lets through. */
const giving =
  (gives: (uid: number, named: number[]) => boolean, existing: number[]): Script =>
  (command) => {
    if (isSearch(command)) return lines(`* SEARCH ${existing.join(' ')}`, 'TAG OK done');
    if (!isFetch(command)) return null;
    const named = namedUids(command);
    return lines(...named.filter((uid) => gives(uid, named)).map(row), 'TAG OK done');
  };

describe('S28: trace fields, of whatever a server answers', () => {
  test('one command for all of them', async () => {
    const traces = await tracesBy(
      giving(() => true, [1, 2, 3]),
      uids(1, 2, 3)
    );
    expect([...traces]).toEqual(
      [1, 2, 3].map((uid) => [uid, [{ name: 'received', value: `by mx${uid}.test; now` }]])
    );
    expect(server?.commands.filter(isFetch)).toEqual([
      'UID FETCH 1:3 (UID BODY.PEEK[HEADER.FIELDS (received authentication-results)])',
    ]);
  });

  test('c6: a row that was dropped is asked for again, alone', async () => {
    const traces = await tracesBy(
      giving((uid, named) => uid !== 2 || named.length === 1, [1, 2, 3]),
      uids(1, 2, 3)
    );
    expect(traces.get(uids(2)[0] as ImapUid)).toHaveLength(1);
  });

  test('c10: what is gone is not in the answer, what does not come has none', async () => {
    const traces = await tracesBy(
      giving((uid) => uid === 1, [1, 3]),
      uids(1, 2, 3)
    );
    expect([...traces.keys()].sort()).toEqual([1, 3]);
    expect(traces.get(uids(3)[0] as ImapUid)).toEqual([]);
  });

  test('c8: one that the server refuses keeps no other from coming, and is found by halves', async () => {
    const asked = Array.from({ length: 64 }, (_, i) => i + 1);
    const traces = await tracesBy(
      (command) => {
        const isRefused = isFetch(command) && namedUids(command).includes(20);
        return isRefused ? 'TAG NO Fetch failed' : giving(() => true, asked)(command);
      },
      uids(...asked)
    );
    const counts = asked.map((uid) => traces.get(uids(uid)[0] as ImapUid)?.length);
    expect(counts).toEqual(asked.map((uid) => (uid === 20 ? 0 : 1)));
    expect(server?.commands.filter(isFetch).length).toBeLessThan(20);
  });

  test('P2: a connection that breaks rejects', async () => {
    const asking = tracesBy(
      (command) => {
        if (isFetch(command)) server?.stop();
        return null;
      },
      uids(1, 2)
    );
    await expect(asking).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });
});

describeWith('dovecot', 'S28: trace fields from a real Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: { ann: PASSWORD } });
  });
  afterAll(() => dovecot.stop());

  test('in the order of the message, each time; no flag is changed, and nothing else is read (S12, S13)', async () => {
    const written = [
      'Authentication-Results: a.test; none',
      'Received: from b.test by a.test; now',
      'X-Canary: canary',
      'Authentication-Results: b.test;\r\n\tdmarc=pass',
      'Received: from c.test by b.test; now',
    ];
    await dovecot.deliver('ann', Buffer.from(`${written.join('\r\n')}\r\nFrom: a@b.test\r\n\r\ncanary\r\n`));
    const session = await connect(accessTo(dovecot));
    await inFolder(session, 'INBOX', async (folder) => {
      await folder.scanHeaders(uids(1));
      for (let round = 0; round < 2; round += 1) {
        const trace = (await folder.fetchTraces(uids(1))).get(uids(1)[0] as ImapUid) ?? [];
        // Dovecot's own Received, of the delivery, stands on top.
        expect(trace.slice(1)).toEqual(readTrace(written.join('\r\n')));
        expect(trace[0]?.value).toMatch(/ with LMTP /);
      }
    });
    const commands = await dovecot.rawlog('ann');
    expect(commands.match(/UID FETCH.*/g)?.map((line) => line.trim())).toEqual([
      expect.stringContaining('RFC822.SIZE'),
      ...Array<string>(2).fill(
        'UID FETCH 1 (UID MODSEQ BODY.PEEK[HEADER.FIELDS (received authentication-results)])'
      ),
    ]);
    expect(commands).not.toMatch(/BODY\[|UID STORE| SELECT /);
  });
});
