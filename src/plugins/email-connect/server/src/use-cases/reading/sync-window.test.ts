import { passOf, reply } from '../../testing/fakes/folder-scene';
import { uid } from '../../testing/fakes/build-mail';

describe('a window of time', () => {
  test('P3: after UIDVALIDITY changed the window is read again and the cursor carries the new validity', async () => {
    const { logged, outcomes } = await passOf([reply(1)], {
      cursor: { uidValidity: '6', lastUid: uid(900) },
    });
    expect(logged).toEqual([1]);
    expect(outcomes.at(-1)?.cursorAfter).toEqual({ uidValidity: '7', lastUid: 1 });
  });

  test('S7: a window that broke off goes on where it was, and what it left out stays out', async () => {
    const older = { receivedAt: '2025-12-31T23:59:59.000Z' };
    const renumbered = { cursor: { uidValidity: '6', lastUid: uid(900) } };
    const replies = Array.from({ length: 150 }, (_, i) => reply(i + 1, i === 120 ? older : {}));
    const [first] = (await passOf(replies, renumbered)).outcomes;
    expect(first?.memory.completeUpTo).toBeNull();
    const cursor = { uidValidity: '7', lastUid: uid(100) };
    const { logged, outcomes } = await passOf(replies.slice(100), { cursor, memory: { completeUpTo: null } });
    expect(logged).toHaveLength(49);
    expect(logged).not.toContain(121);
    expect(outcomes.at(-1)?.memory.completeUpTo).toBe('2026-03-01T10:01:00.000Z');
  });

  test('c46: a look back that waits is not cut short by a later one, until a whole pass has followed it', async () => {
    const own = { imapUid: uid(1), raw: 'own.1@crm.test sent.1@crm.test us@crm.test' };
    const replies = Array.from({ length: 150 }, (_, i) => reply(i + 2));
    const { outcomes } = await passOf([own, ...replies], {
      memory: { lookBackTo: '2026-02-20T00:00:00.000Z' },
    });
    expect(outcomes.map(({ memory }) => memory.lookBackTo)).toEqual([
      '2026-02-20T00:00:00.000Z',
      '2026-03-01T09:00:00.000Z',
    ]);
  });
});
