import type { News } from '../../../shared/contracts/news';
import { backOffMs, createNewsLoop, type NewsCall, type NewsPorts } from './news-loop';

const item = {
  kind: 'message.received' as const,
  inboxDocumentId: 'inbox-1',
  threadDocumentId: 'thread-1',
  messageDocumentId: null,
  contacts: [],
};

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

const news = (cursor: string, change: Partial<News> = {}): News => ({
  cursor,
  items: [],
  mayHaveMissed: false,
  ...change,
});

/** Ports whose polls answer from a script; after its end the line stays open. */
const scripted = (script: (News | Error)[]) => {
  const asked: string[] = [];
  const waited: number[] = [];
  const time = { now: 0 };
  const ports: NewsPorts = {
    ask: async (after, signal) => {
      asked.push(after);
      const next = script.shift();
      if (next === undefined) return untilAborted(signal);
      if (next instanceof Error) throw next;
      return next;
    },
    now: () => time.now,
    wait: async (durationMs) => {
      waited.push(durationMs);
      time.now += durationMs;
    },
    whenVisible: async () => undefined,
    isFinal: (error) => error instanceof Error && error.message === 'logged out',
  };
  return { ports, asked, waited, time };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

describe('createNewsLoop', () => {
  it('asks on from the cursor it was given, and tells what it got', async () => {
    const { ports, asked } = scripted([news('1'), news('2', { items: [item] })]);
    const calls: NewsCall[] = [];
    const stop = createNewsLoop(ports).subscribe((call) => calls.push(call));
    await settle();
    stop();
    expect(asked).toEqual(['', '1', '2']);
    expect(calls).toEqual([
      { items: [], mayHaveMissed: true },
      { items: [item], mayHaveMissed: false },
    ]);
  });

  it('asks nothing before somebody listens, and runs once for two', async () => {
    const { ports, asked } = scripted([]);
    const loop = createNewsLoop(ports);
    await settle();
    expect(asked).toEqual([]);
    const stops = [loop.subscribe(() => undefined), loop.subscribe(() => undefined)];
    await settle();
    expect(asked).toEqual(['']);
    stops.forEach((stop) => stop());
  });

  it('backs off after failures, and then says that something may have been missed', async () => {
    const { ports, waited } = scripted([news('1'), new Error('502'), new Error('502'), news('1')]);
    const calls: NewsCall[] = [];
    const stop = createNewsLoop(ports).subscribe((call) => calls.push(call));
    await settle();
    stop();
    expect(waited.slice(1, 3)).toEqual([1_000, 2_000]);
    expect(calls).toEqual([
      { items: [], mayHaveMissed: true },
      { items: [], mayHaveMissed: true },
    ]);
  });

  it('passes on that the server may have missed some', async () => {
    const { ports } = scripted([news('1'), news('2', { mayHaveMissed: true })]);
    const calls: NewsCall[] = [];
    const stop = createNewsLoop(ports).subscribe((call) => calls.push(call));
    await settle();
    stop();
    expect(calls.map(({ mayHaveMissed }) => mayHaveMissed)).toEqual([true, true]);
  });

  it('asks no more than once a second, whatever the server answers', async () => {
    const { ports, asked, time } = scripted(Array.from({ length: 9 }, () => news('1', { items: [item] })));
    const stop = createNewsLoop(ports).subscribe(() => undefined);
    await settle();
    stop();
    expect(asked).toHaveLength(10);
    expect(time.now).toBe(9_000);
  });

  it('loads everything at once after a sleep of five minutes', async () => {
    const { ports, asked, time } = scripted([news('1'), news('9')]);
    const loop = createNewsLoop({
      ...ports,
      whenVisible: async () => {
        if (asked.length === 1) time.now += 5 * 60_000;
      },
    });
    const calls: NewsCall[] = [];
    const stop = loop.subscribe((call) => calls.push(call));
    await settle();
    stop();
    expect(asked).toEqual(['', '', '9']);
    expect(calls.map(({ mayHaveMissed }) => mayHaveMissed)).toEqual([true, true]);
  });

  it('stops when nobody listens, and goes on from its cursor for the next page', async () => {
    const { ports, asked } = scripted([news('7')]);
    const loop = createNewsLoop(ports);
    const leaveFirstPage = loop.subscribe(() => undefined);
    await settle();
    leaveFirstPage();
    await settle();
    expect(asked).toEqual(['', '7']);
    const leaveSecondPage = loop.subscribe(() => undefined);
    await settle();
    leaveSecondPage();
    expect(asked).toEqual(['', '7', '7']);
  });

  it('does not ask again when it may not, until somebody new listens', async () => {
    const { ports, asked } = scripted([new Error('logged out'), news('1')]);
    const loop = createNewsLoop(ports);
    const stopFirst = loop.subscribe(() => undefined);
    await settle();
    expect(asked).toEqual(['']);
    const stopSecond = loop.subscribe(() => undefined);
    await settle();
    expect(asked).toEqual(['', '', '1']);
    stopFirst();
    stopSecond();
  });
});

describe('backOffMs', () => {
  it('doubles up to a minute', () => {
    expect([1, 2, 3, 7, 20].map(backOffMs)).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  });
});
