import type { Ports } from '../../ports';
import { assertHeld, underLease } from './keep-lease';

const fence = { inboxDocumentId: 'I', token: 7 };
const hangs = new Promise<never>(() => undefined);

type Answer = boolean | 'away' | 'hangs';

/** A lease whose renewals are answered in turn, the last answer again and again, by a clock that tests move. */
const scene = (...answers: [Answer, ...Answer[]]) => {
  const renewedAt: number[] = [];
  const warnings: string[] = [];
  const start = performance.now();
  const ports = {
    clock: {
      monotonicMs: () => performance.now(),
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          if (signal?.aborted) return resolve();
          const wake = () => {
            signal?.removeEventListener('abort', wake);
            resolve();
          };
          setTimeout(wake, ms);
          signal?.addEventListener('abort', wake);
        }),
    },
    leases: {
      renew: async () => {
        renewedAt.push(performance.now() - start);
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer === 'hangs') return hangs;
        if (answer === 'away') throw new Error('away');
        return answer === true;
      },
    },
    logger: { warn: (message: string) => void warnings.push(message) },
  } as unknown as Ports;
  const caller = new AbortController();
  const begin = (work: (held: AbortSignal) => Promise<void>) => {
    const seen = { isHeld: true, isOver: false };
    const ended = underLease(ports, fence, start, caller.signal, (held) => {
      held.addEventListener('abort', () => (seen.isHeld = false));
      return work(held);
    });
    void ended.then(() => (seen.isOver = true));
    return { seen, ended };
  };
  return { ports, caller, begin, renewedAt, warnings };
};

const untilAborted = (held: AbortSignal) =>
  new Promise<void>((resolve) => held.addEventListener('abort', () => resolve()));
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('P2: the lease of an inbox', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('is held for as long as it is renewed', async () => {
    const { begin, renewedAt } = scene(true);
    const { seen } = begin(untilAborted);
    await pass(600_000);
    expect(seen.isHeld).toBe(true);
    expect(renewedAt.length).toBeGreaterThan(60);
  });

  test.each(['away', 'hangs'] as const)(
    'is let go of before anybody can take it when the database %s',
    async (answer) => {
      const { begin } = scene(true, answer);
      const { seen } = begin(untilAborted);
      await pass(27_900);
      expect(seen.isHeld).toBe(true);
      await pass(200);
      expect(seen).toEqual({ isHeld: false, isOver: true });
    }
  );

  test('is kept when one renewal hangs and the next does not', async () => {
    const { begin } = scene(true, 'hangs', 'away', true);
    const { seen } = begin(untilAborted);
    await pass(600_000);
    expect(seen.isHeld).toBe(true);
  });

  test('work that hangs is left behind when it is lost, and said so', async () => {
    const { begin, warnings } = scene(true, false);
    const { seen, ended } = begin(() => hangs);
    await pass(16_000);
    expect(seen).toEqual({ isHeld: false, isOver: false });
    await pass(6_000);
    await ended;
    expect(warnings).toHaveLength(1);
  });

  test('a process that was stopped lets go before it asks anything', async () => {
    const { begin, renewedAt } = scene(true);
    const { seen } = begin(untilAborted);
    await pass(8_000);
    // Its timers come all at once, late.
    const stopped = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 45_000);
    const asked = renewedAt.length;
    await pass(8_000);
    stopped.mockRestore();
    expect(seen.isHeld).toBe(false);
    expect(renewedAt).toHaveLength(asked);
  });

  test('work is waited for when the caller stops: it ends its step', async () => {
    const { begin, caller } = scene(true);
    let endStep = (): void => undefined;
    const { seen, ended } = begin(() => new Promise((resolve) => (endStep = resolve)));
    caller.abort();
    await pass(60_000);
    expect(seen).toEqual({ isHeld: false, isOver: false });
    endStep();
    await ended;
  });

  test('is known to be lost only by a clear no', async () => {
    await expect(assertHeld(scene(false).ports, fence)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(assertHeld(scene('away').ports, fence)).resolves.toBeUndefined();
    const asked = assertHeld(scene('hangs').ports, fence);
    await pass(6_000);
    await expect(asked).resolves.toBeUndefined();
  });
});
