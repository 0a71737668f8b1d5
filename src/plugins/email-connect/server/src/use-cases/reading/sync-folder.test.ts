import type { Backfill, BackfillPlace } from '../../domain/sync/backfill';
import { refusal } from '../../testing/fakes/fake-folder';
import { passOf, reply, stranger, waiting } from '../../testing/fakes/folder-scene';
import { factsWith, threadWith, uid } from '../../testing/fakes/build-mail';

const backfillOf = (folders: BackfillPlace[]): Backfill => ({
  since: '2025-12-01T00:00:00.000Z',
  state: 'running',
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  total: 0,
  scanned: 0,
  logged: 0,
  day: '2026-03-01',
  bytesToday: 0,
  dailyBytes: 1_000,
  folders,
});

describe('a pass of one folder', () => {
  test('S7: the first sight of a folder logs what came since the connection, and nothing older', async () => {
    const older = { receivedAt: '2025-12-31T23:59:59.000Z' };
    const { logged, outcomes } = await passOf([reply(1, older), reply(2)], { cursor: null });
    expect(logged).toEqual([2]);
    expect(outcomes.map(({ cursorAfter, memory }) => [cursorAfter.lastUid, memory.recentUids])).toEqual([
      [2, '2'],
    ]);
  });

  test('S12, S19: of 100 strangers and one reply, one body is fetched', async () => {
    const { folder, logged } = await passOf([
      ...Array.from({ length: 100 }, (_, i) => stranger(i + 1)),
      reply(101),
    ]);
    expect(folder.fetchedBodies).toEqual([101]);
    expect(logged).toEqual([101]);
  });

  test('c10: a message that is gone before its body is read is in quarantine when the cursor passes it, with what is left', async () => {
    const { outcomes } = await passOf([reply(1, { isGone: true }), reply(2)]);
    expect(outcomes[0]).toMatchObject({
      cursorAfter: { lastUid: 2 },
      quarantined: [
        {
          code: 'MESSAGE_GONE',
          location: { imapUid: 1 },
          evidence: { rung: 'in-reply-to' },
          gone: { candidate: { imapUid: 1 }, verdict: { threadDocumentId: 'T' } },
        },
      ],
    });
  });

  test('c10: one that is gone before its headers came is passed over', async () => {
    const { outcomes } = await passOf([stranger(1)], { uidNext: 5 });
    expect(outcomes.at(-1)).toMatchObject({ quarantined: [], cursorAfter: { lastUid: 4 } });
  });

  test('P5: a reply to a reply that came in the same chunk, before it, is logged too', async () => {
    const late = { imapUid: uid(1), raw: 'in.9@customer.test in.2@customer.test' };
    expect((await passOf([late, reply(2)])).logged).toEqual([1, 2]);
  });

  test('a burst is written in steps, each with the cursor it has reached', async () => {
    const { outcomes } = await passOf(Array.from({ length: 250 }, (_, i) => reply(i + 1)));
    expect(outcomes.map(({ logged, cursorAfter }) => [logged.length, cursorAfter.lastUid])).toEqual([
      [100, 100],
      [100, 200],
      [50, 250],
    ]);
    outcomes.slice(1).forEach((outcome, i) => expect(outcome.cursorBefore).toEqual(outcomes[i]?.cursorAfter));
  });

  test('P10: only a pass that reached its end says that all is accounted for', async () => {
    const { outcomes } = await passOf([reply(1), stranger(2)]);
    expect(outcomes.map(({ memory }) => memory.completeUpTo)).toEqual(['2026-03-01T10:01:00.000Z']);
    expect(outcomes.at(-1)?.memory).toMatchObject({ recentUids: '1:2', exists: 2, lookBackTo: null });
  });

  test('P2: a shutdown ends the pass behind what it has recorded, and the cursor tells', async () => {
    const { outcomes } = await passOf([reply(1), reply(2), reply(3)], { abortAfterBodies: 1 });
    const last = outcomes.at(-1);
    expect(last?.memory.completeUpTo).toBe('2026-03-01T09:00:00.000Z');
    expect(last?.logged.map(({ location }) => location?.imapUid).at(-1)).toBe(last?.cursorAfter.lastUid);
    expect(last?.cursorAfter.lastUid).toBeLessThan(3);
  });

  test('S21: nothing of an un-logged thread is read', async () => {
    const facts = factsWith({
      threads: new Map([['T', threadWith({ state: 'unlogged' })]]),
    });
    const { folder, logged } = await passOf([reply(1)], { facts });
    expect([folder.fetchedBodies, logged]).toEqual([[], []]);
  });

  test('a message that is recorded already only gains a location', async () => {
    const { folder, outcomes } = await passOf([{ imapUid: uid(1), raw: 'sent.1@crm.test' }]);
    expect(folder.fetchedBodies).toEqual([]);
    expect(outcomes[0]?.sighted).toEqual([
      {
        messageDocumentId: 'M1',
        threadDocumentId: 'T',
        aliases: [],
        location: { folderPath: 'INBOX', uidValidity: '7', imapUid: 1 },
      },
    ]);
  });

  test('P1: one that shows up below the cursor is found, and the cursor stays', async () => {
    const { logged, outcomes } = await passOf([stranger(1), reply(2), stranger(3)], {
      cursor: { uidValidity: '7', lastUid: uid(3) },
      memory: { recentUids: '1,3', exists: 2 },
    });
    expect(logged).toEqual([2]);
    expect(outcomes.map(({ cursorAfter }) => cursorAfter.lastUid)).toEqual([3]);
    expect(outcomes.at(-1)?.memory).toMatchObject({ recentUids: '1:3', exists: 3 });
  });

  test.each([
    ['is left to it where it has yet to come', [], []],
    ['was passed over by it, and is read', [{ folderPath: 'INBOX', uidValidity: '7', doneFromUid: 0 }], [2]],
    ['is left to it where it counts anew', [{ folderPath: 'INBOX', uidValidity: '6', doneFromUid: 0 }], []],
  ])('S7: of the window of a backfill, what shows below the cursor %s', async (_, folders, expected) => {
    const { logged } = await passOf([stranger(1), reply(2, { receivedAt: '2025-12-24T10:00:00.000Z' })], {
      cursor: { uidValidity: '7', lastUid: uid(3) },
      memory: { recentUids: '1,3', exists: 1 },
      uidNext: 4,
      backfill: backfillOf(folders),
    });
    expect(logged).toEqual(expected);
  });

  test('P5: a reply that shows up late makes the folders be read back for what answers it and nothing else', async () => {
    const { outcomes } = await passOf([stranger(1), reply(2)], {
      cursor: { uidValidity: '7', lastUid: uid(2) },
      memory: { recentUids: '1', exists: 1, completeUpTo: '2026-03-01T10:00:30.000Z' },
    });
    expect(outcomes[0]?.lookBack).toEqual({ since: new Date('2026-03-01T09:00:00Z'), everyInbox: false });
  });

  test('P1: one that a first window lists and does not bring is not taken for seen', async () => {
    const { outcomes } = await passOf([stranger(1)], { cursor: null, alsoListed: uid(2) });
    expect(outcomes.at(-1)?.memory.recentUids).toBe('1');
  });

  const unchanged = { cursor: { uidValidity: '7', lastUid: uid(3) }, memory: { recentUids: '1:3' } };

  test('P1: what waits in quarantine is tried again: read, gone, or back with a longer wait', async () => {
    const messages = [reply(1), reply(3, { bodyFailures: [refusal('SERVER_REFUSED')] })];
    const { logged, outcomes } = await passOf(messages, {
      ...unchanged,
      memory: { ...unchanged.memory, exists: 2 },
      due: [waiting(1), waiting(2), waiting(3, 4)],
    });
    expect(logged).toEqual([1]);
    expect(outcomes.flatMap(({ lifted }) => lifted.map(({ imapUid }) => imapUid))).toEqual([2]);
    expect(outcomes.flatMap(({ quarantined }) => quarantined)).toMatchObject([
      { location: { imapUid: 3 }, nextAt: new Date('2026-03-01T16:01:00Z') },
    ]);
  });

  test('S28: what rests in quarantine is not read by a sweep either', async () => {
    const { logged, outcomes } = await passOf([reply(1), reply(3)], {
      ...unchanged,
      memory: { ...unchanged.memory, exists: 2, sweptAt: '2026-02-01T09:00:00.000Z' },
      resting: [{ ...waiting(1), nextAt: null }],
    });
    expect(logged).toEqual([3]);
    expect(outcomes.flatMap(({ quarantined, lifted }) => [...quarantined, ...lifted])).toEqual([]);
  });

  test.each([
    ['at the first sight of a folder', { cursor: null }],
    ['from the quarantine', { ...unchanged, memory: { ...unchanged.memory, exists: 1 }, due: [waiting(1)] }],
  ])('P1: what came in the second of the connection is ours, %s', async (_, options) => {
    const connectedAt = '2026-01-01T00:00:00.141Z';
    const { logged } = await passOf([reply(1, { receivedAt: '2026-01-01T00:00:00.000Z' })], {
      ...options,
      connectedAt,
    });
    expect(logged).toEqual([1]);
  });

  test('S7: one whose headers come at last, and which is older than the connection, is let go unread', async () => {
    const older = { receivedAt: '2025-12-31T23:59:59.000Z' };
    const { folder, outcomes } = await passOf([reply(1, older)], {
      ...unchanged,
      memory: { ...unchanged.memory, exists: 1 },
      due: [waiting(1)],
    });
    expect(folder.fetchedBodies).toEqual([]);
    expect(outcomes.flatMap(({ lifted }) => lifted.map(({ imapUid }) => imapUid))).toEqual([1]);
  });

  test('P1, c1: what waits in quarantine under UIDs of before is read under its new one, whenever it was due', async () => {
    const { logged, outcomes } = await passOf([reply(1)], {
      cursor: { uidValidity: '6', lastUid: uid(900) },
      due: [{ ...waiting(1), location: { folderPath: 'INBOX', uidValidity: '6', imapUid: uid(1) } }],
    });
    expect(logged).toEqual([1]);
    expect(outcomes.flatMap(({ lifted }) => lifted)).toEqual([
      { folderPath: 'INBOX', uidValidity: '6', imapUid: 1 },
    ]);
  });

  test('P1: one that is announced and does not come is not remembered, so that it is found when it shows', async () => {
    const { outcomes } = await passOf([], { cursor: { uidValidity: '7', lastUid: uid(3) }, uidNext: 5 });
    expect(outcomes.at(-1)).toMatchObject({ cursorAfter: { lastUid: 4 }, memory: { recentUids: '' } });
  });

  test('S28: what came by the log address without proof is held: no time at which it is tried again', async () => {
    const { outcomes, folder } = await passOf([
      { imapUid: uid(1), raw: 'in.1@customer.test - us+crm@crm.test' },
    ]);
    expect(folder.fetchedBodies).toEqual([]);
    expect(outcomes[0]?.quarantined).toMatchObject([{ code: 'LOG_SENDER_UNKNOWN', nextAt: null }]);
  });

  test('c46: a copy in Sent makes the folders be read back for answers that came before it', async () => {
    const { outcomes } = await passOf([
      { imapUid: uid(1), raw: 'own.1@crm.test sent.1@crm.test us@crm.test' },
    ]);
    expect(outcomes[0]?.lookBack).toEqual({ since: new Date('2026-03-01T09:00:00Z'), everyInbox: false });
    expect(outcomes.at(-1)?.memory.lookBackTo).toBe('2026-03-01T09:00:00.000Z');
  });
});
