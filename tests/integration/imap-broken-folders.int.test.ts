import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import type { ImapSession } from '../../src/plugins/email-connect/server/src/ports';
import { calls, inFolder, read, sessionPool } from '../support/imap-client';
import { headerRow, isFetch, isSearch, lines, namedUids, startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';

const { connect, closeAll } = sessionPool();
let server: ScriptedServer | null = null;

afterEach(async () => {
  await closeAll();
  server?.stop();
});

const connectTo = async (script: Script, imap = createImap()): Promise<ImapSession> => {
  server = await startScriptedImap(script);
  return connect(server.access, undefined, imap);
};

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
      objectId: null,
    });
  });

  test('c3: starts at 1 where it is empty besides', async () => {
    const session = await connectTo(examined('* 0 EXISTS', '* OK [UIDVALIDITY 4294967295] ok'));
    expect(await inFolder(session, 'INBOX', async ({ state }) => state)).toEqual({
      uidValidity: '4294967295',
      uidNext: 1,
      exists: 0,
      objectId: null,
    });
  });

  test.each([
    ['is left out', []],
    ['is 0', ['* OK [UIDVALIDITY 0] ok']],
    ['is no number', ['* OK [UIDVALIDITY now] ok']],
  ])('P3: says that its UIDs do not last where UIDVALIDITY %s', async (_what, more) => {
    const session = await connectTo(examined('* 9 EXISTS', '* OK [UIDNEXT 10] ok', ...more));
    expect(await inFolder(session, 'INBOX', async ({ state }) => state)).toMatchObject({
      uidValidity: '',
      uidNext: 10,
      exists: 9,
    });
  });

  test('c3: has the UID after the highest where UIDNEXT is missing and the last message is not handed out', async () => {
    const examine = examined('* 9 EXISTS', '* OK [UIDVALIDITY 7] ok');
    const session = await connectTo((command) => {
      if (/^FETCH/.test(command)) return 'TAG NO not that one';
      return isSearch(command) ? lines('* SEARCH 3 41 17', 'TAG OK done') : examine(command);
    });
    expect(await inFolder(session, 'INBOX', async ({ state }) => state.uidNext)).toBe(42);
  });

  test('is listed by FETCH where the server refuses to search', async () => {
    const uids = [3, 5, 6, 8, 9, 10, 11, 12, 13];
    const session = await connectTo((command) => {
      if (isSearch(command)) return 'TAG NO [SERVERBUG] no search';
      const [, first, last = first] = /^FETCH (\d+)(?::(\d+))? /.exec(command) ?? [];
      if (!first) return null;
      const rows = uids.map((uid, i) => `* ${i + 1} FETCH (UID ${uid})`);
      return lines(...rows.slice(Number(first) - 1, Number(last)), 'TAG OK done');
    });
    expect(await inFolder(session, 'INBOX', (folder) => folder.listUids(4, 6))).toEqual([5, 6]);
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
        return lines(namedUids(command).includes(1) ? '* SEARCH 1' : '* SEARCH', 'TAG OK done');
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
