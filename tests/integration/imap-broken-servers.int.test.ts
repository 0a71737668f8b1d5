import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import type { ImapSession } from '../../src/plugins/email-connect/server/src/ports';
import { calls, inFolder, read, sessionPool } from '../support/imap-client';
import { headerRow, startScriptedImap } from '../support/scripted-imap';
import type { Script, ScriptedImap } from '../support/scripted-imap';

const { connect, closeAll } = sessionPool();
let server: ScriptedImap | null = null;

afterEach(async () => {
  await closeAll();
  server?.stop();
});

const connectTo = async (script: Script, imap = createImap()): Promise<ImapSession> => {
  server = await startScriptedImap(script);
  return connect(server.access, undefined, imap);
};

const uids = (...numbers: number[]) => numbers as ImapUid[];

/** The UIDs a FETCH or SEARCH command names, as `1:3,5` says them. */
const named = (command: string): number[] =>
  (/^UID (?:FETCH|SEARCH UID) (\S+)/.exec(command)?.[1] ?? '').split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

const isFetch = (command: string) => command.startsWith('UID FETCH');
const isSearch = (command: string) => command.startsWith('UID SEARCH');
const lines = (...rows: string[]) => rows.join('\r\n');

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
        if (isSearch(command)) return lines(`* SEARCH ${named(command).join(' ')}`, 'TAG OK done');
        if (!isFetch(command)) return null;
        const dropped = first ? 3 : 0;
        first = false;
        return lines(
          ...named(command)
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
        if (isSearch(command)) return lines(`* SEARCH ${named(command).join(' ')}`, 'TAG OK done');
        if (!isFetch(command)) return null;
        const broken = first ? 2 : 0;
        first = false;
        const rows = named(command).map((uid) =>
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
        const there = named(command).filter((uid) => uid !== 2);
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
          if (isSearch(command)) return lines(`* SEARCH ${named(command).join(' ')}`, 'TAG OK done');
          if (!isFetch(command)) return null;
          const asked = named(command);
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

describe('an opened folder', () => {
  const examined =
    (...answer: string[]): Script =>
    (command) =>
      command.startsWith('EXAMINE') ? lines(...answer, 'TAG OK [READ-ONLY] done') : null;

  test('c3: has the UID after the last message where UIDNEXT is missing', async () => {
    const examine = examined('* 9 EXISTS', '* OK [UIDVALIDITY 7] ok');
    const session = await connectTo((command) =>
      /^FETCH (\*|9) /.test(command) ? lines('* 9 FETCH (UID 41)', 'TAG OK done') : examine(command)
    );
    expect(await inFolder(session, 'INBOX', async ({ state }) => state)).toEqual({
      uidValidity: '7',
      uidNext: 42,
      exists: 9,
    });
  });

  test('c3: starts at 1 where it is empty besides', async () => {
    const session = await connectTo(examined('* 0 EXISTS', '* OK [UIDVALIDITY 4294967295] ok'));
    expect(await inFolder(session, 'INBOX', async ({ state }) => state)).toEqual({
      uidValidity: '4294967295',
      uidNext: 1,
      exists: 0,
    });
  });

  test('without UIDVALIDITY is unreadable: a cursor in it would lose mail', async () => {
    const session = await connectTo(examined('* 9 EXISTS', '* OK [UIDNEXT 10] ok'));
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });

  test('is listed by FETCH where the server refuses to search', async () => {
    const session = await connectTo((command) => {
      if (isSearch(command)) return 'TAG NO [SERVERBUG] no search';
      // RFC 9051 9: the last message belongs to every range.
      return isFetch(command) ? lines('* 2 FETCH (UID 5)', '* 9 FETCH (UID 9)', 'TAG OK done') : null;
    });
    expect(await inFolder(session, 'INBOX', (folder) => folder.listUids(4, 6))).toEqual([5]);
  });
});

describe('a message', () => {
  const fetched = (start: number, text: string, size: number) =>
    lines(
      `* 1 FETCH (UID 1 RFC822.SIZE ${size} BODY[]<${start}> {${text.length}}`,
      `${text})`,
      'TAG OK done'
    );
  const fetchOf = (command: string) => /BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(command);

  test.each([
    ['is whole though its size was announced wrong (Exchange)', '', 'whole'],
    [
      'is whole though the server sends all of it again for a range (Exmail)',
      'Subject: x\r\n\r\nhello',
      'whole',
    ],
    ['is refused when the server cuts it short', '!', 'MESSAGE_UNREADABLE'],
  ])('%s', async (_what, atItsEnd, expected) => {
    const text = 'Subject: x\r\n\r\nhello';
    const session = await connectTo((command) => {
      const range = fetchOf(command);
      if (!range) return null;
      const start = Number(range[1]);
      return start === 0 ? fetched(0, text, 999) : fetched(start, atItsEnd, 999);
    });
    const outcome = await inFolder(session, 'INBOX', async (folder) =>
      read(await folder.fetchMessage(1 as ImapUid))
    ).catch((error: { code: string }) => error.code);
    expect(outcome).toBe(expected === 'whole' ? text : expected);
  });

  test('that exists but is not handed out is unreadable; one that does not exist is gone', async () => {
    const session = await connectTo((command) => {
      if (isSearch(command))
        return lines(named(command).includes(1) ? '* SEARCH 1' : '* SEARCH', 'TAG OK done');
      return null;
    });
    await inFolder(session, 'INBOX', async (folder) => {
      await expect(folder.fetchMessage(1 as ImapUid)).rejects.toMatchObject({ code: 'MESSAGE_UNREADABLE' });
      expect(await folder.fetchMessage(2 as ImapUid)).toBeNull();
    });
  });

  test.each(['Message is corrupt', '[UNAVAILABLE] Server error', '[SERVERBUG] Internal error'])(
    'that is refused (%s) is unreadable, and says why',
    async (answer) => {
      const session = await connectTo((command) => (isFetch(command) ? `TAG NO ${answer}` : null));
      await inFolder(session, 'INBOX', (folder) =>
        expect(folder.fetchMessage(1 as ImapUid)).rejects.toMatchObject({
          code: 'MESSAGE_UNREADABLE',
          detail: expect.stringContaining(answer),
        })
      );
    }
  );

  test('is found by its id though the search is refused or knows nothing', async () => {
    for (const answer of ['TAG NO [SERVERBUG] no search by header', lines('* SEARCH', 'TAG OK done')]) {
      const session = await connectTo((command) => {
        if (/SEARCH HEADER/i.test(command)) return answer;
        if (isSearch(command)) return lines('* SEARCH 8 9', 'TAG OK done');
        const folded = 'message-id:\r\n <9@EXAMPLE.net>\r\n\r\n';
        return isFetch(command) ? lines(headerRow(8), headerRow(9, folded), 'TAG OK done') : null;
      });
      expect(await session.findByMessageId('INBOX', '9@example.net' as MessageId)).toEqual([9]);
      await closeAll();
      server?.stop();
    }
  });
});

test('c29: an endless literal ends the connection, not the process', async () => {
  const session = await connectTo((command) =>
    isFetch(command) ? '* 1 FETCH (UID 1 BODY[] {99999999999}' : null
  );
  await inFolder(session, 'INBOX', (folder) =>
    expect(folder.fetchMessage(1 as ImapUid)).rejects.toMatchObject({
      code: expect.stringMatching(/PROTOCOL_MISMATCH|CONNECTION_LOST/),
    })
  );
});

test('c17: a server that offers IDLE and refuses it is looked at instead', async () => {
  let exists = 9;
  const session = await connectTo(
    (command) => {
      if (command.startsWith('CAPABILITY'))
        return '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\nTAG OK done';
      if (command === 'IDLE') return 'TAG NO Not today';
      if (!command.startsWith('EXAMINE')) return null;
      exists += 1;
      return lines(
        `* ${exists} EXISTS`,
        '* OK [UIDVALIDITY 7] ok',
        `* OK [UIDNEXT ${exists + 1}] ok`,
        'TAG OK [READ-ONLY] done'
      );
    },
    createImap({ pollMs: 30 })
  );
  const changes = calls();
  await session.watch('INBOX', changes.listener);
  await changes.nth(2);
  expect(server?.commands.filter((command) => command === 'IDLE').length).toBeLessThan(3);
});
