import { getEventListeners } from 'node:events';
import { createClock, createRandom } from '.';

describe('clock', () => {
  const away = async (): Promise<number> => Promise.reject(new Error('away'));
  const systemClock = () => createClock(away);

  it('tells the time of the system as long as the shared one cannot be asked', async () => {
    const before = Date.now();
    const clock = systemClock();
    await expect(clock.sync()).rejects.toThrow('away');
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
  });

  const HOUR_MS = 3_600_000;
  /** A machine ten minutes ahead of the database, with an answer under way for `wayMs`. */
  const machine = () => {
    const world = { ms: Date.parse('2026-03-01T10:00:00Z'), wallMs: 600_000, wayMs: 100 };
    const clock = createClock(
      async () => {
        world.ms += world.wayMs / 2;
        const answer = world.ms;
        world.ms += world.wayMs / 2;
        return answer;
      },
      { wallMs: () => world.ms + world.wallMs, monotonicMs: () => world.ms - 1_000_000 }
    );
    return { world, clock, errorMs: () => clock.now().getTime() - world.ms };
  };

  it('c23: tells the time that all processes share, whatever the clock of its machine is set to', async () => {
    const { world, clock, errorMs } = machine();
    expect(errorMs()).toBe(600_000);
    await clock.sync();
    expect(errorMs()).toBe(0);
    for (const jumpMs of [HOUR_MS, -2 * HOUR_MS, -48 * HOUR_MS]) {
      world.wallMs += jumpMs;
      world.ms += 5_000;
      expect(errorMs()).toBe(0);
    }
  });

  it('goes by no answer that was long under way, where there was a better one', async () => {
    const { world, clock, errorMs } = machine();
    world.wayMs = 30_000;
    await clock.sync();
    expect(Math.abs(errorMs())).toBeLessThanOrEqual(15_000);
    world.wayMs = 100;
    await clock.sync();
    const right = errorMs();
    world.wayMs = 30_000;
    await clock.sync();
    expect(errorMs()).toBe(right);
  });

  it('sleeps until its time is over, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await systemClock().sleep(1, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('wakes at once when aborted, and does not reject', async () => {
    const controller = new AbortController();
    const sleeping = systemClock().sleep(2 ** 30, controller.signal);
    controller.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it('does not fall asleep when it was aborted before', async () => {
    await expect(systemClock().sleep(2 ** 30, AbortSignal.abort())).resolves.toBeUndefined();
  });
});

describe('random', () => {
  it('gives as many bytes as asked for, other ones every time', () => {
    const random = createRandom();
    const drawn = new Set(Array.from({ length: 100 }, () => Buffer.from(random.bytes(16)).toString('hex')));
    expect(drawn.size).toBe(100);
    expect(random.bytes(16)).toHaveLength(16);
  });
});
