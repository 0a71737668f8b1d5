import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import type { ImapSession } from '../../src/plugins/email-connect/server/src/ports';
import { inFolder, sessionPool } from '../support/imap-client';
import { headerRow, isFetch, isSearch, lines, namedUids, startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';

const { connect, closeAll } = sessionPool();
let server: ScriptedServer | null = null;

afterEach(async () => {
  await closeAll();
  server?.stop();
});

/** Waits for nothing: the waits of a scan have tests of their own. */
const connectTo = async (script: Script, imap = createImap({ retryWaitsMs: [] })): Promise<ImapSession> => {
  server = await startScriptedImap(script);
  return connect(server.access, undefined, imap);
};

const uids = (...numbers: number[]) => numbers as ImapUid[];

const scan = async (script: Script, asked: ImapUid[]) => {
  const session = await connectTo(script);
  const { scanned, unreadable } = await inFolder(session, 'INBOX', (folder) => folder.scanHeaders(asked));
  return { scanned, uids: scanned.map(({ imapUid }) => imapUid), unreadable };
};

describe('P1: a header scan accounts for every UID', () => {
  test('c6: a row that was dropped on the way is fetched again, alone', async () => {
    let first = true;
    const result = await scan(
      (command) => {
        if (isSearch(command)) return lines(`* SEARCH ${namedUids(command).join(' ')}`, 'TAG OK done');
        if (!isFetch(command)) return null;
        const dropped = first ? 3 : 0;
        first = false;
        return lines(
          ...namedUids(command)
            .filter((uid) => uid !== dropped)
            .map((uid) => headerRow(uid)),
          'TAG OK done'
        );
      },
      uids(1, 2, 3, 4)
    );
    expect(result).toMatchObject({ uids: [1, 2, 3, 4], unreadable: [] });
    expect(server?.commands.filter(isFetch)).toHaveLength(2);
  });

  test('c6: a row that cannot be parsed is not lost either', async () => {
    let first = true;
    const result = await scan(
      (command) => {
        if (isSearch(command)) return lines(`* SEARCH ${namedUids(command).join(' ')}`, 'TAG OK done');
        if (!isFetch(command)) return null;
        const broken = first ? 2 : 0;
        first = false;
        const rows = namedUids(command).map((uid) =>
          uid === broken ? `* 2 FETCH (UID 2 RFC822.SIZE -1 "` : headerRow(uid)
        );
        return lines(...rows, 'TAG OK done');
      },
      uids(1, 2, 3)
    );
    expect(result).toMatchObject({ uids: [1, 2, 3], unreadable: [] });
  });

  test('c7: "some of the requested messages no longer exist" is a part of the answer, not all of it', async () => {
    const result = await scan(
      (command) => {
        if (isSearch(command)) return lines('* SEARCH 1 3', 'TAG OK done');
        if (!isFetch(command)) return null;
        const there = namedUids(command).filter((uid) => uid !== 2);
        return lines(
          ...there.map((uid) => headerRow(uid)),
          'TAG NO Some of the requested messages no longer exist.'
        );
      },
      uids(1, 2, 3)
    );
    expect(result).toMatchObject({ uids: [1, 3], unreadable: [] });
  });

  test.each([
    'NO [UNAVAILABLE] UID FETCH Server error',
    'NO [SERVERBUG] internal',
    'NO Fetch failed',
    'BAD Parse error',
  ])(
    'c8: one message that makes the whole command fail (%s) is found; the others come, and it is unreadable',
    async (refusal) => {
      const result = await scan(
        (command) => {
          if (isSearch(command)) return lines(`* SEARCH ${namedUids(command).join(' ')}`, 'TAG OK done');
          if (!isFetch(command)) return null;
          const asked = namedUids(command);
          return asked.includes(5)
            ? `TAG ${refusal}`
            : lines(...asked.map((uid) => headerRow(uid)), 'TAG OK done');
        },
        uids(1, 2, 3, 4, 5, 6, 7, 8)
      );
      expect(result).toMatchObject({ uids: [1, 2, 3, 4, 6, 7, 8], unreadable: [5] });
      expect(server?.commands.filter(isFetch).length).toBeLessThan(14);
    }
  );

  test('c8: it is found by halves, not one by one', async () => {
    const asked = Array.from({ length: 256 }, (_, i) => i + 1);
    const result = await scan(
      (command) => {
        if (isSearch(command)) return lines(`* SEARCH ${namedUids(command).join(' ')}`, 'TAG OK done');
        if (!isFetch(command)) return null;
        const rows = namedUids(command);
        return rows.includes(200)
          ? 'TAG NO Fetch failed'
          : lines(...rows.map((uid) => headerRow(uid)), 'TAG OK done');
      },
      uids(...asked)
    );
    expect(result).toMatchObject({ uids: asked.filter((uid) => uid !== 200), unreadable: [200] });
    expect(server?.commands.filter(isFetch).length).toBeLessThan(25);
  });

  test('c9: NIL in place of a header is asked for with less, then as the raw header', async () => {
    const result = await scan((command) => {
      if (isSearch(command)) return lines('* SEARCH 1', 'TAG OK done');
      if (!isFetch(command)) return null;
      return /PEEK\[HEADER\]/.test(command)
        ? lines(
            '* 1 FETCH (UID 1 BODY[HEADER] {44}',
            'Date: Sun, 1 Mar 2026 10:00:00 +0100',
            'A: b',
            ')',
            'TAG OK done'
          )
        : lines(
            '* 1 FETCH (UID 1 INTERNALDATE "01-Feb-2026 10:00:00 +0000" BODY[HEADER.FIELDS (message-id)] NIL)',
            'TAG OK done'
          );
    }, uids(1));
    expect(result).toMatchObject({ uids: [1], unreadable: [] });
    expect(result.scanned[0]?.receivedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  test.each([
    [
      'INTERNALDATE',
      'INTERNALDATE "31-Dec-2099 23:00:00 -0100" ',
      'Date: Thu, 1 Jan 1970 00:00:00 +0000',
      '2100-01-01T00:00:00.000Z',
    ],
    [
      'Date where INTERNALDATE is missing',
      '',
      'Date: Sun, 1 Mar 2026 10:00:00 +0100',
      '2026-03-01T09:00:00.000Z',
    ],
    [
      'Date where INTERNALDATE is none',
      'INTERNALDATE "yesterday" ',
      'Date: Sun, 1 Mar 2026 10:00:00 +0100',
      '2026-03-01T09:00:00.000Z',
    ],
    [
      'the epoch where neither is one, never now',
      'INTERNALDATE NIL ',
      'Date: soon',
      '1970-01-01T00:00:00.000Z',
    ],
  ])('c23: it came at %s', async (_what, internalDate, date, receivedAt) => {
    const header = `${date}\r\nSubject: x\r\n\r\n`;
    const row = `* 1 FETCH (UID 1 FLAGS () ${internalDate}BODY[HEADER.FIELDS (date)] {${header.length}}\r\n${header})`;
    const result = await scan((command) => (isFetch(command) ? lines(row, 'TAG OK done') : null), uids(1));
    expect(result.scanned[0]?.receivedAt).toBe(receivedAt);
  });

  test('c9: a quoted string is a header too', async () => {
    const result = await scan(
      (command) =>
        isFetch(command)
          ? lines(
              '* 1 FETCH (UID 1 INTERNALDATE "01-Feb-2026 10:00:00 +0000" RFC822.SIZE 9 BODY[HEADER.FIELDS (message-id)] "Message-ID: <q@x>")',
              'TAG OK done'
            )
          : null,
      uids(1)
    );
    expect(Buffer.from(result.scanned[0]?.headerBytes ?? []).toString()).toBe('Message-ID: <q@x>');
  });

  test('a row that tells no flags is asked for them alone, and taken without them where they never come', async () => {
    const bare = (uid: number) => headerRow(uid).replace('FLAGS () ', '');
    const result = await scan(
      (command) => {
        if (!isFetch(command)) return null;
        if (/HEADER/.test(command)) return lines(bare(1), bare(2), 'TAG OK done');
        return lines('* 1 FETCH (UID 1 FLAGS (\\Seen \\DRAFT))', 'TAG OK done');
      },
      uids(1, 2)
    );
    expect(result.scanned.map(({ isDraft }) => isDraft)).toEqual([true, false]);
  });

  test('a.4-8: what exists and does not come is asked for again after 1.7, 2.9 and 4.9 s', async () => {
    const waits: number[] = [];
    let searches = 0;
    const patient = createImap({
      wait: async (ms) => {
        waits.push(ms);
      },
    });
    const session = await connectTo((command) => {
      if (isSearch(command)) {
        searches += 1;
        return lines('* SEARCH 1 2', 'TAG OK done');
      }
      if (!isFetch(command)) return null;
      // The copy that answers has message 1 only after the second wait, and 2 never.
      return waits.length >= 2 && namedUids(command).includes(1)
        ? lines(headerRow(1), 'TAG OK done')
        : 'TAG OK done';
    }, patient);
    const result = await inFolder(session, 'INBOX', (folder) => folder.scanHeaders(uids(1, 2)));
    expect(result.scanned.map(({ imapUid }) => imapUid)).toEqual([1]);
    expect(result.unreadable).toEqual([2]);
    expect(waits).toEqual([1_700, 2_890, 4_913]);
    expect(searches).toBe(5);
  });

  test('a.4-8: nothing waits for a message that is gone', async () => {
    const waits: number[] = [];
    const patient = createImap({
      wait: async (ms) => {
        waits.push(ms);
      },
    });
    const session = await connectTo((command) => {
      if (isSearch(command)) return lines('* SEARCH', 'TAG OK done');
      return isFetch(command) ? 'TAG OK done' : null;
    }, patient);
    expect(await inFolder(session, 'INBOX', (folder) => folder.scanHeaders(uids(1)))).toEqual({
      scanned: [],
      unreadable: [],
    });
    expect(waits).toEqual([]);
  });

  test('what another client did meanwhile is not taken for an answer', async () => {
    const result = await scan(
      (command) =>
        isFetch(command)
          ? lines(
              '* 1 FETCH (UID 1 FLAGS (\\Seen))',
              '* 7 FETCH (UID 7 FLAGS ())',
              headerRow(8),
              headerRow(1),
              'TAG OK done'
            )
          : null,
      uids(1)
    );
    expect(result).toMatchObject({ uids: [1], unreadable: [] });
  });

  test('c4: UIDs up to 2^32-1, asked for in few ascending ranges', async () => {
    const result = await scan(
      (command) => {
        if (isSearch(command)) return lines('* SEARCH', 'TAG OK done');
        return isFetch(command) ? lines(headerRow(4_294_967_295), 'TAG OK done') : null;
      },
      uids(4_294_967_295, 3, 1, 2)
    );
    expect(result).toMatchObject({ uids: [4_294_967_295], unreadable: [] });
    expect(server?.commands.filter(isFetch)[0]).toMatch(/^UID FETCH 1:3,4294967295 /);
  });

  test('a throttled server ends the scan; nothing is taken for gone or unreadable', async () => {
    const throttled = scan((command) => (isFetch(command) ? 'TAG NO [LIMIT] Slow down' : null), uids(1, 2));
    await expect(throttled).rejects.toMatchObject({ code: 'SERVER_THROTTLED' });
  });

  test('c20: a connection that breaks in the middle ends the scan', async () => {
    const broken = scan(
      (command) => {
        if (!isFetch(command)) return null;
        setImmediate(() => server?.stop());
        return headerRow(1);
      },
      uids(1, 2)
    );
    await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });
});
