import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { holdClaim } from './hold-claim';

interface Timer {
  at: number;
  wake(): void;
}

/** Time that passes only when it is told to. */
const scene = () => {
  const outbox = new FakeOutbox(outboxEntry());
  const timers: Timer[] = [];
  let now = 0;
  const clock = {
    now: () => new Date(0),
    monotonicMs: () => now,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        timers.push({ at: now + ms, wake });
        signal?.addEventListener('abort', wake);
      }),
  };
  const pass = async (ms: number): Promise<void> => {
    const end = now + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers.splice(timers.indexOf(next), 1);
      now = Math.max(now, next.at);
      next.wake();
    }
    now = end;
  };
  const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
  return { outbox, pass, ports: { clock, random, outbox: outbox.records as never } };
};

const never = new AbortController().signal;

describe('S51: whoever has a mail in hand', () => {
  test('takes it as it was read, or not at all', async () => {
    const { ports, outbox } = scene();
    const stale = outboxEntry();
    outbox.entry = { ...outbox.entry, claimId: 'another' };
    expect(await holdClaim(ports, stale, 'submitting', never, async () => 'step')).toBeNull();
    outbox.entry = outboxEntry({ stage: 'sent' });
    expect(await holdClaim(ports, stale, 'submitting', never, async () => 'step')).toBeNull();
  });

  test('takes it although the answer to the claim is lost, and counts it once', async () => {
    const { ports, outbox, pass } = scene();
    outbox.losesClaims = 1;
    const held = holdClaim(ports, outbox.entry, 'submitting', never, async ({ entry }) => entry.attempts);
    await pass(1_000);
    expect(await held).toBe(1);
  });

  test('takes it although the database went away with the answer, for as long as it may come back to it', async () => {
    const { ports, outbox, pass } = scene();
    const claim = async (...asked: Parameters<typeof outbox.records.claim>) => {
      const claimed = await outbox.records.claim(...asked);
      if (ports.clock.monotonicMs() < 30_000) throw new Error('The database is away.');
      return claimed;
    };
    ports.outbox = { ...outbox.records, claim } as never;
    const held = holdClaim(ports, outbox.entry, 'submitting', never, async ({ entry, signal }) => {
      await pass(1_000);
      return [entry.attempts, signal.aborted];
    });
    held.catch(() => undefined);
    await pass(41_000);
    expect(await held).toEqual([1, false]);
  });

  test('keeps it while a slow server takes its time, for as long as the claim is renewed', async () => {
    const { ports, outbox, pass } = scene();
    let isLost = false;
    const held = holdClaim(ports, outbox.entry, 'submitting', never, async ({ signal }) => {
      await pass(10 * 60_000);
      isLost = signal.aborted;
      return 'done';
    });
    expect(await held).toBe('done');
    expect(isLost).toBe(false);
  });

  test('lets go at once when somebody else has it', async () => {
    const { ports, outbox, pass } = scene();
    outbox.renewals.push(false);
    await holdClaim(ports, outbox.entry, 'submitting', never, async ({ signal }) => {
      await pass(14_999);
      expect(signal.aborted).toBe(false);
      await pass(1);
      expect(signal.aborted).toBe(true);
    });
  });

  test('lets go by its own clock when the database is away, before the claim ends', async () => {
    const { ports, outbox, pass } = scene();
    outbox.renewals.push(true, ...Array.from({ length: 99 }, () => new Error('away')));
    await holdClaim(ports, outbox.entry, 'submitting', never, async ({ signal }) => {
      await pass(15_000 + 44_999);
      expect(signal.aborted).toBe(false);
      await pass(1);
      expect(signal.aborted).toBe(true);
    });
  });

  test('lets go by its own clock when the database hangs', async () => {
    const { ports, outbox, pass } = scene();
    ports.outbox = { ...outbox.records, renew: () => new Promise<boolean>(() => undefined) } as never;
    await holdClaim(ports, outbox.entry, 'submitting', never, async ({ signal }) => {
      await pass(45_000);
      expect(signal.aborted).toBe(true);
    });
  });

  test('S47: lets go after a quarter of an hour, whatever the server does', async () => {
    const { ports, outbox, pass } = scene();
    await holdClaim(ports, outbox.entry, 'submitting', never, async ({ signal }) => {
      await pass(14 * 60_000);
      expect(signal.aborted).toBe(false);
      await pass(2 * 60_000);
      expect(signal.aborted).toBe(true);
    });
  });

  test('lets go when it is told to stop', async () => {
    const { ports, outbox } = scene();
    const stop = new AbortController();
    await holdClaim(ports, outbox.entry, 'submitting', stop.signal, async ({ signal }) => {
      stop.abort();
      expect(signal.aborted).toBe(true);
    });
  });
});
