import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { faults } from '../support/faulty-server';
import type { FaultPlan } from '../support/faulty-server';
import { faultyServers, scanAll } from '../support/faulty-suite';
import { allUids, inFolder, mail } from '../support/imap-client';

const { connect, start, inInbox } = faultyServers();

const noSearch = faults.refuse('UID SEARCH', 'NO [SERVERBUG] no').always();

describe('UIDs that do not last', () => {
  test('c1, c2: another UIDVALIDITY is told as it is, also when it falls, and when it changes again', async () => {
    const server = await start({ inbox: 3 });
    const seen: string[] = [];
    for (const uidValidity of [2_000_000_000, 7, 4_294_967_295]) {
      server.mailbox.setUidValidity('INBOX', uidValidity, 11);
      const session = await connect(server.access);
      const state = await inFolder(session, 'INBOX', async (folder) => folder.state);
      expect(state).toMatchObject({ uidNext: 14, exists: 3 });
      seen.push(state.uidValidity);
    }
    expect(seen).toEqual(['2000000000', '7', '4294967295']);
  });

  test('c1: one that changes while the folder is open ends the pass, and the next sees it', async () => {
    await inInbox({ inbox: 3 }, async (folder, server) => {
      server.mailbox.setUidValidity('INBOX', 99, 101);
      await expect(scanAll(folder)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      const again = await connect(server.access);
      expect(await inFolder(again, 'INBOX', async ({ state }) => state.uidValidity)).toBe('99');
    });
  });

  test('c1: one that changes without a word is told when the folder is opened again', async () => {
    const server = await start({ inbox: 3 });
    const session = await connect(server.access);
    const open = () =>
      inFolder(session, 'INBOX', async (folder) => [folder.state.uidValidity, await allUids(folder)]);
    const [before] = await open();
    server.mailbox.setUidValidity('INBOX', 99, 101, false);
    expect(before).not.toBe('99');
    expect(await open()).toEqual(['99', [101, 102, 103]]);
  });

  test('c3: neither UIDNEXT nor UIDVALIDITY nor HIGHESTMODSEQ is needed to read everything', async () => {
    await inInbox({ inbox: 3, omits: ['UIDNEXT', 'UIDVALIDITY', 'HIGHESTMODSEQ'] }, async (folder) => {
      expect(folder.state).toMatchObject({ uidValidity: '', uidNext: 4, exists: 3 });
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 3], unreadable: [] });
    });
  });

  test.each<[string, FaultPlan]>([
    ['EXISTS', { omits: ['EXISTS'] }],
    ['EXISTS and UIDNEXT', { omits: ['EXISTS', 'UIDNEXT'] }],
    ['EXISTS and UIDNEXT, and no search', { omits: ['EXISTS', 'UIDNEXT'], faults: [noSearch] }],
    ['UIDNEXT, and no search', { omits: ['UIDNEXT'], faults: [noSearch] }],
  ])('c3: a folder is never taken for empty for want of %s', async (_what, plan) => {
    await inInbox({ inbox: 3, ...plan }, async (folder) => {
      expect(folder.state).toMatchObject({ uidNext: 4, exists: 3 });
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 3], unreadable: [] });
    });
  });

  test('P3: a message that appears late, below younger ones, is in the next list', async () => {
    const server = await start({ inbox: 2 });
    const session = await connect(server.access);
    const [late = 0] = server.mailbox.reserveUids('INBOX', 1);
    server.mailbox.append('INBOX', mail('younger'));
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2, 4]);
    server.mailbox.appendLate('INBOX', late, mail('late'));
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2, 3, 4]);
    expect((await inFolder(session, 'INBOX', scanAll)).uids).toEqual([1, 2, 3, 4]);
  });

  test.each<[string, FaultPlan]>([
    ['0', { highestModSeq: 0 }],
    ['less than before', { highestModSeq: 1 }],
    ['missing', { omits: ['HIGHESTMODSEQ'] }],
    ['of a server that has none', { lacks: ['CONDSTORE'] }],
  ])('c16: a HIGHESTMODSEQ that is %s changes nothing', async (_what, plan) => {
    await inInbox({ inbox: 3, ...plan }, async (folder) => {
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 3], unreadable: [] });
    });
  });
});

describe('P1: a scan accounts for every UID', () => {
  test('c6: of a row that was dropped', async () => {
    await inInbox({ inbox: 5, faults: [faults.dropRows('UID FETCH', 2, 4)] }, async (folder) => {
      expect((await scanAll(folder)).uids).toEqual([1, 2, 3, 4, 5]);
    });
  });

  test('c6: of a row that is always dropped: it is unreadable, the others come', async () => {
    await inInbox({ inbox: 5, faults: [faults.dropRows('UID FETCH', 4).always()] }, async (folder) => {
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 3, 5], unreadable: [4] });
    });
  });

  test('c8: of one that makes every command fail that names it', async () => {
    const poison = faults.refuse('UID FETCH', 'NO [UNAVAILABLE] Server error').about(700).always();
    await inInbox({ inbox: 1_000, faults: [poison] }, async (folder, server) => {
      const { uids, unreadable } = await scanAll(folder);
      expect([uids.length, uids.includes(700 as ImapUid), unreadable]).toEqual([999, false, [700]]);
      expect(server.commands().filter((command) => /^UID FETCH/.test(command)).length).toBeLessThan(30);
    });
  });

  test.each(['nil', 'empty'] as const)('c9: of a header that is %s', async (as) => {
    await inInbox({ inbox: 4, faults: [faults.blankHeaders(as, 2)] }, async (folder) => {
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 3, 4], unreadable: [] });
    });
    await inInbox({ inbox: 4, faults: [faults.blankHeaders(as, 3).always()] }, async (folder) => {
      expect(await scanAll(folder)).toEqual({ uids: [1, 2, 4], unreadable: [3] });
    });
  });

  test('c9: of five hundred headers that are NIL, without a command for each', async () => {
    const all = Array.from({ length: 500 }, (_, i) => i + 1);
    await inInbox({ inbox: 500, faults: [faults.blankHeaders('nil', ...all)] }, async (folder, server) => {
      expect((await scanAll(folder)).uids).toEqual(all);
      expect(server.commands().filter((command) => /^UID FETCH/.test(command))).toHaveLength(2);
    });
  });

  test('c10: of one that was expunged between the list and the scan', async () => {
    await inInbox({ inbox: 4 }, async (folder, server) => {
      const uids = await allUids(folder);
      server.mailbox.expunge('INBOX', [2]);
      // Servers hand out an expunged message until they have told of it.
      expect(await folder.listUids(1, 9)).toHaveLength(4);
      const { scanned, unreadable } = await folder.scanHeaders(uids);
      expect([scanned.map(({ imapUid }) => imapUid), unreadable]).toEqual([[1, 3, 4], []]);
      expect(await folder.fetchMessage(2 as ImapUid)).toBeNull();
    });
  });

  test('c10, c11: one that was moved is found in the other folder by its Message-ID', async () => {
    await inInbox({ inbox: 1 }, async (folder, server) => {
      server.mailbox.append('Archive', mail('1'));
      server.mailbox.expunge('INBOX', [1]);
      await folder.listUids(1, 9);
      expect(await folder.fetchMessage(1 as ImapUid)).toBeNull();
      const other = await connect(server.access);
      expect(
        await inFolder(other, 'Archive', ({ search }) => search({ messageId: '1@example.net' as never }, 5))
      ).toEqual([1]);
    });
  });
});

describe('a list of UIDs', () => {
  test.each<[string, FaultPlan]>([
    ['ESEARCH is missing', { lacks: ['ESEARCH'] }],
    ['ESEARCH is refused', { faults: [faults.refuse('UID SEARCH', 'BAD what is RETURN?')] }],
    ['ESEARCH is ignored', { faults: [faults.say('UID SEARCH', '* SEARCH 1 2 3 4\r\nTAG OK done\r\n')] }],
    ['ESEARCH answers nothing', { faults: [faults.say('UID SEARCH', 'TAG OK done\r\n')] }],
    [
      'ESEARCH leaves some out',
      { faults: [faults.say('UID SEARCH', '* ESEARCH (TAG "TAG") UID ALL 1:2 COUNT 4\r\nTAG OK done\r\n')] },
    ],
    [
      'a search is refused in words that imapflow takes for success (Exchange)',
      {
        lacks: ['ESEARCH'],
        faults: [faults.refuse('UID SEARCH', 'NO Some of the requested messages no longer exist.').always()],
      },
    ],
    [
      'SEARCH answers nothing',
      { lacks: ['ESEARCH'], faults: [faults.say('UID SEARCH', 'TAG OK done\r\n').always()] },
    ],
    ['no search works', { faults: [noSearch] }],
  ])('c5: is whole although %s', async (_what, plan) => {
    await inInbox({ inbox: 4, ...plan }, async (folder) => {
      expect(await folder.listUids(1, 4)).toEqual([1, 2, 3, 4]);
      expect(await folder.listUids(2, 3)).toEqual([2, 3]);
      expect(await folder.listUids(9, 4_294_967_295)).toEqual([]);
    });
  });

  test.each([
    ['NO [LIMIT] Slow down', 'SERVER_THROTTLED'],
    ['NO Some of the requested messages no longer exist.', 'SERVER_REFUSED'],
  ])('is none at all where SEARCH and FETCH are refused (%s)', async (text, code) => {
    const refusals = ['UID SEARCH', 'FETCH'].map((command) => faults.refuse(command, text).always());
    await inInbox({ inbox: 4, faults: refusals }, async (folder) => {
      await expect(folder.listUids(1, 4)).rejects.toMatchObject({ code });
      await expect(folder.listUidsSince(new Date())).rejects.toMatchObject({ code });
    });
  });

  test.each([1, 2, 3, 5, 6, 7])(
    'P1: is whole where no search works and the row of UID %s is left out once',
    async (uid) => {
      const server = await start({ inbox: 7 });
      server.mailbox.expunge('INBOX', [4]);
      const session = await connect(server.access);
      const lists: [number, number, number[]][] = [
        [1, 4_294_967_295, [1, 2, 3, 5, 6, 7]],
        [1, 7, [1, 2, 3, 5, 6, 7]],
        [2, 6, [2, 3, 5, 6]],
        [4, 4, []],
        [3, 3, [3]],
        [6, 9, [6, 7]],
        [8, 4_294_967_295, []],
      ];
      await inFolder(session, 'INBOX', async ({ listUids }) => {
        for (const [from, to, expected] of lists) {
          for (const passing of [0, 1, 2, 3, 4, 5]) {
            server.server.faults.clear();
            server.inject(noSearch, faults.dropRows('FETCH', uid).passing(passing));
            const listed = await listUids(from, to);
            expect({ from, to, passing, listed }).toEqual({ from, to, passing, listed: expected });
          }
        }
      });
    }
  );

  test('P1: that stays without a row is none at all', async () => {
    await inInbox({ inbox: 7, faults: [noSearch, faults.dropRows('FETCH', 1).always()] }, async (folder) => {
      await expect(folder.listUids(1, 7)).rejects.toMatchObject({
        code: 'FOLDER_UNREADABLE',
        detail: 'The server lists fewer messages than it counts.',
      });
      expect(await folder.listUids(5, 7)).toEqual([5, 6, 7]);
    });
  });

  test('c29: of four billion UIDs that are not there ends the pass, not the process', async () => {
    const lie = '* ESEARCH (TAG "TAG") UID ALL 1:4294967295 COUNT 4294967295\r\nTAG OK done\r\n';
    await inInbox({ inbox: 4, faults: [faults.say('UID SEARCH', lie)] }, (folder) =>
      expect(folder.listUids(1, 4)).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' })
    );
  });
});
