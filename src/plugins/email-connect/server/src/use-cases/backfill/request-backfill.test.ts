import type { Backfill } from '../../domain/sync/backfill';
import { mailboxScene } from '../../testing/fakes/mailbox-scene';
import { changeBackfill } from './change-backfill';
import { requestBackfill } from './request-backfill';

const earlier = (state: Backfill['state'], day = '2026-03-02'): Backfill => ({
  since: '2026-01-01T00:00:00.000Z',
  state,
  startedAt: '2026-03-01T00:00:00.000Z',
  endedAt: null,
  total: 9,
  scanned: 5,
  logged: 1,
  day,
  bytesToday: 400,
  dailyBytes: 1_000,
  folders: [],
});

/** `isUnderWay`: as the records find it when one is to begin, whatever was loaded before. */
const scene = (
  stored: Backfill | null,
  inboxState: 'ok' | 'disconnected' = 'ok',
  isUnderWay = stored?.state === 'running' || stored?.state === 'paused'
) => {
  const begun: Backfill[] = [];
  const states: string[] = [];
  const built = mailboxScene({
    inbox: { state: inboxState },
    more: {
      settings: { backfillDailyBytes: 1_000 },
      backfills: {
        load: async () => stored,
        begin: async (_, backfill) => {
          if (isUnderWay) return false;
          begun.push(backfill);
          return true;
        },
        setState: async (_, state) => void states.push(state),
      },
    },
  });
  return { ...built, begun, states };
};
const since = new Date('2026-01-15T00:00:00Z');

describe('S7: older mail that a person asks for', () => {
  test.each([null, earlier('done', '2026-03-01'), earlier('cancelled', '2026-03-01')])(
    'is begun where nothing is under way, and the inbox is woken',
    async (stored) => {
      const { ports, begun, woken, audited } = scene(stored);
      await requestBackfill(ports, 'I', since, 'uma');
      expect(begun).toEqual([
        {
          since: '2026-01-15T00:00:00.000Z',
          state: 'running',
          startedAt: '2026-03-02T10:00:00.000Z',
          endedAt: null,
          total: 0,
          scanned: 0,
          logged: 0,
          folders: [],
          day: '2026-03-02',
          bytesToday: 0,
          dailyBytes: 1_000,
        },
      ]);
      expect([woken, audited]).toEqual([['I'], ['backfill.requested ok']]);
    }
  );

  test('what was read today counts on: beginning anew is no way around the provider', async () => {
    const { ports, begun } = scene(earlier('cancelled'));
    await requestBackfill(ports, 'I', since, 'uma');
    expect(begun[0]?.bytesToday).toBe(400);
  });

  test.each([
    ['BACKFILL_RUNNING', scene(earlier('running')), since],
    ['BACKFILL_RUNNING', scene(earlier('paused')), since],
    // S52: somebody else asked in this very moment.
    ['BACKFILL_RUNNING', scene(null, 'ok', true), since],
    ['INBOX_NOT_CONNECTED', scene(null, 'disconnected'), since],
    ['INPUT_INVALID', scene(null), new Date('2026-04-01T00:00:00Z')],
  ])('is refused with %s', async (code, { ports, begun, woken, audited }, day) => {
    await expect(requestBackfill(ports, 'I', day, 'uma')).rejects.toMatchObject({ code });
    expect([begun, woken, audited]).toEqual([[], [], []]);
  });

  test.each([
    ['pause', 'running', 'paused'],
    ['resume', 'paused', 'running'],
    ['cancel', 'running', 'cancelled'],
    ['cancel', 'paused', 'cancelled'],
  ] as const)('%s: %s becomes %s', async (change, from, to) => {
    const { ports, states, woken, audited } = scene(earlier(from));
    await changeBackfill(ports, 'I', change, 'uma');
    expect([states, woken, audited]).toEqual([[to], ['I'], [`backfill.${to} ok`]]);
  });

  test.each([
    ['pause', 'paused', 'INPUT_INVALID'],
    ['resume', 'running', 'INPUT_INVALID'],
    ['resume', 'cancelled', 'INPUT_INVALID'],
    ['cancel', 'done', 'INPUT_INVALID'],
    ['pause', null, 'NOT_FOUND'],
  ] as const)('%s of what is %s is refused', async (change, from, code) => {
    const { ports, states } = scene(from && earlier(from));
    await expect(changeBackfill(ports, 'I', change, 'uma')).rejects.toMatchObject({ code });
    expect(states).toEqual([]);
  });
});
