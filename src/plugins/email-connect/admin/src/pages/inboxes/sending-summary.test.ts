import { sendingHealth, sendingLines, stuckSince, undecided } from './sending-summary';

const idle = { queued: 0, held: 0, unknown: 0, asked: 0, unfiled: 0, lastFailure: '', waitingSince: null };
const now = new Date('2026-03-10T12:00:00Z');

describe('S51: how sending goes', () => {
  it('says nothing of states in which there is no mail', () => {
    expect(sendingLines(idle)).toEqual([]);
    expect(sendingHealth(idle, now)).toBe('idle');
  });

  it('begins with what waits for a person', () => {
    const busy = {
      queued: 2,
      held: 1,
      unknown: 3,
      asked: 4,
      unfiled: 5,
      lastFailure: 'Later.',
      waitingSince: null,
    };
    expect(sendingLines(busy)).toEqual([
      { state: 'asked', count: 4 },
      { state: 'held', count: 1 },
      { state: 'queued', count: 2 },
      { state: 'unknown', count: 3 },
      { state: 'unfiled', count: 5 },
    ]);
    expect(undecided(busy)).toBe(5);
    expect(sendingHealth(busy, now)).toBe('needs-you');
  });

  it.each(['queued', 'unknown', 'unfiled'] as const)(
    'needs nobody for what goes on by itself: %s',
    (state) => {
      expect(sendingHealth({ ...idle, [state]: 1 }, now)).toBe('waits');
      expect(undecided({ ...idle, [state]: 1 })).toBe(0);
    }
  );

  it.each(['asked', 'held'] as const)('S4: needs its owner for one that is %s', (state) => {
    expect(sendingHealth({ ...idle, [state]: 1, queued: 1 }, now)).toBe('needs-you');
  });

  it('S47: is stuck when mail has waited for minutes, whatever else there is to say', () => {
    const waitingSince = '2026-03-10T11:57:00Z';
    const stuck = { ...idle, queued: 1, asked: 1, waitingSince };
    expect([sendingHealth(stuck, now), stuckSince(stuck, now)]).toEqual(['stuck', waitingSince]);
  });

  it('is not stuck while a server takes its moment', () => {
    const sending = { ...idle, queued: 1, waitingSince: '2026-03-10T11:59:00Z' };
    expect([sendingHealth(sending, now), stuckSince(sending, now)]).toEqual(['waits', null]);
  });
});
