import type { FolderMemory, SyncCursor } from '../../domain/sync/folder';
import { refusal } from '../../testing/fakes/fake-folder';
import { passOf, reply, stranger, waiting } from '../../testing/fakes/folder-scene';
import { uid } from '../../testing/fakes/build-mail';

describe('a message that cannot be read, or not be written', () => {
  test('P1: a message whose headers never come is in quarantine before the cursor passes it', async () => {
    const { outcomes } = await passOf([stranger(1), reply(2, { unreadable: true }), stranger(3)]);
    const [first] = outcomes;
    expect(first?.quarantined.map(({ location, code }) => [location.imapUid, code])).toEqual([
      [2, 'MESSAGE_UNREADABLE'],
    ]);
    expect(first?.cursorAfter.lastUid).toBe(3);
  });

  test('P1: a body that is refused three times goes to quarantine with its evidence, and the next is logged', async () => {
    const { outcomes, logged, waits } = await passOf([
      reply(1, { bodyFailures: [refusal('SERVER_REFUSED')] }),
      reply(2),
    ]);
    expect(logged).toEqual([2]);
    expect(waits).toHaveLength(2);
    expect(outcomes[0]?.quarantined[0]).toMatchObject({
      code: 'SERVER_REFUSED',
      evidence: { rung: 'in-reply-to' },
    });
  });

  const drops = { bodyFailures: [refusal('CONNECTION_LOST')] };

  test('P2: a connection that breaks ends the pass behind what it has read, and which one it was is written', async () => {
    const { outcomes, failure, folder, logged } = await passOf([reply(1), reply(2, drops), reply(3)]);
    expect(failure?.code).toBe('CONNECTION_LOST');
    expect(logged).toEqual([1]);
    expect(outcomes.map(({ cursorAfter, memory }) => [cursorAfter.lastUid, memory.suspect])).toEqual([
      [1, { imapUid: 2, losses: 1 }],
    ]);
    expect(folder.released).toBe(1);
  });

  test('P1: a message at which the server drops the connection is set aside at the third loss, with its evidence', async () => {
    const { outcomes, folder } = await passOf([reply(1, drops), reply(2)], {
      memory: { suspect: { imapUid: uid(1), losses: 2 } },
    });
    expect(folder.fetchedBodies).toEqual([1]);
    expect(outcomes.at(-1)).toMatchObject({
      cursorAfter: { lastUid: 1 },
      memory: { suspect: null },
      quarantined: [{ code: 'CONNECTION_LOST', evidence: { rung: 'in-reply-to' } }],
    });
  });

  test('P1: beside a suspect one body is asked for at a time, so that it is known which one it is', async () => {
    const { folder, outcomes } = await passOf([reply(1), reply(2, drops), reply(3)], {
      memory: { suspect: { imapUid: uid(1), losses: 1 } },
    });
    expect(folder.fetchedBodies).toEqual([1, 2]);
    expect(outcomes.at(-1)?.memory.suspect).toEqual({ imapUid: 2, losses: 1 });
  });

  test('P1: headers that end the connection are asked for in ever smaller parts, and set aside unjudged', async () => {
    let memory: Partial<FolderMemory> = {};
    let cursor: SyncCursor | null = { uidValidity: '7', lastUid: uid(0) };
    const messages = [stranger(1), reply(2), stranger(3, { endsScans: true }), reply(4)];
    for (let pass = 1; pass <= 8; pass += 1) {
      const { outcomes, failure } = await passOf(messages, { memory, cursor });
      const last = outcomes.at(-1);
      if (!last) continue;
      ({ cursorAfter: cursor, memory } = last);
      const aside = outcomes.flatMap(({ quarantined }) => quarantined);
      if (aside.length === 0) continue;
      expect(failure?.code).toBe('CONNECTION_LOST');
      expect(aside).toMatchObject([{ location: { imapUid: 3 }, code: 'CONNECTION_LOST', evidence: null }]);
      const after = await passOf(messages, { memory, cursor });
      expect([after.failure, after.logged]).toEqual([null, [4]]);
      return;
    }
    throw new Error('It was never set aside.');
  });

  test('P1: one in quarantine that ends the connection again waits longer, and stops nothing else', async () => {
    const { outcomes } = await passOf([reply(1, drops)], {
      cursor: { uidValidity: '7', lastUid: uid(3) },
      memory: { recentUids: '1:3', exists: 1 },
      due: [waiting(1, 2)],
    });
    expect(outcomes.flatMap(({ quarantined }) => quarantined)).toMatchObject([
      { location: { imapUid: 1 }, nextAt: new Date('2026-03-01T10:31:00Z') },
    ]);
  });

  test('P1: after a crash each body is written down before it is asked for, and passed over at the fourth time', async () => {
    const { suspects, logged } = await passOf([reply(1), reply(2)], { isCareful: true });
    expect(suspects.map((suspect) => suspect?.imapUid)).toEqual([1, 2]);
    expect(logged).toEqual([1, 2]);
    const after = await passOf([reply(1), reply(2)], {
      isCareful: true,
      memory: { suspect: { imapUid: uid(1), losses: 3 } },
    });
    expect(after.folder.fetchedBodies).toEqual([2]);
    expect(after.outcomes[0]?.quarantined).toMatchObject([
      { location: { imapUid: 1 }, code: 'MESSAGE_UNREADABLE', evidence: { rung: 'in-reply-to' } },
    ]);
  });

  test('P1: a mail that the database refuses stops no other: it is in quarantine, and they are recorded', async () => {
    const { outcomes, logged, failure } = await passOf([reply(1), reply(2), reply(3)], {
      refusedByDatabase: [uid(2)],
    });
    expect(failure).toBeNull();
    expect(logged).toEqual([1, 3]);
    const [aside, ...single] = outcomes;
    expect(aside).toMatchObject({ logged: [], cursorAfter: { lastUid: 3 } });
    expect(aside?.quarantined.map(({ location, code }) => [location.imapUid, code])).toEqual([
      [1, 'DATA_REFUSED'],
      [2, 'DATA_REFUSED'],
      [3, 'DATA_REFUSED'],
    ]);
    expect(single.map(({ cursorBefore }) => cursorBefore?.lastUid)).toEqual([3, 3]);
  });
});
