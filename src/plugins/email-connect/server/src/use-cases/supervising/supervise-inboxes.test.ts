import type { InboxState } from '../../domain/inbox/inbox';
import type { InboxSignal, Ports } from '../../ports';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { followSignals } from './follow-signals';
import { superviseInboxes } from './supervise-inboxes';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A supervisor of paused inboxes, whose loops do nothing but wait for what they hear. */
const scene = (state: InboxState = 'paused') => {
  const inboxes = new FakeInboxes(inboxWith({ state }));
  const log: string[] = [];
  const signals: (InboxSignal[] | Error)[] = [];
  const windows: number[] = [];
  const warnings: string[] = [];
  const following = new AbortController();
  let now = 0;
  const ports = {
    inboxes: {
      ...inboxes.records,
      load: async (documentId) => {
        log.push('load');
        return inboxes.records.load(documentId);
      },
      listSignalled: async (withinMs) => {
        windows.push(withinMs);
        const heard = signals.shift();
        if (signals.length === 0) following.abort();
        if (heard instanceof Error) throw heard;
        return heard ?? [];
      },
    } satisfies Partial<Ports['inboxes']>,
    leases: {
      acquire: async (inboxDocumentId: string) => {
        log.push('acquire');
        return { inboxDocumentId, token: 1 };
      },
      release: async () => void log.push('release'),
    },
    outbox: {
      listEvident: async () => [],
      listDue: async () => [],
      nextDueInMs: async () => null,
      listInboxesDue: async () => [],
    },
    clock: {
      now: () => new Date(0),
      monotonicMs: () => now,
      sleep: (ms: number, signal?: AbortSignal) => {
        if (ms === 2_000) {
          now += ms;
          return Promise.resolve();
        }
        return new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      },
    },
    wakeups: {
      wake: (key: string, by = 'news') => void log.push(`${key} ${by}`),
      wait: (_: string, __: number, signal: AbortSignal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve('aborted');
          else signal.addEventListener('abort', () => resolve('aborted'));
        }),
    },
    background: { run: (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal) },
    logger: { warn: (message: string) => void warnings.push(message), error: () => undefined },
  } as unknown as Ports;
  const supervisor = superviseInboxes(ports, 'process');
  const signal = (change: Partial<InboxSignal> = {}): InboxSignal => {
    const { documentId, version, state: stored } = inboxes.one();
    return { documentId, version, state: stored, asked: 0, ...change };
  };
  const hear = async (change?: Partial<InboxSignal>) => {
    log.length = 0;
    supervisor.heed(signal(change));
    await turns();
    return [...new Set(log)];
  };
  const follow = () => followSignals(ports, supervisor, following.signal);
  return { inboxes, supervisor, signal, hear, log, signals, windows, warnings, follow };
};

describe('S52: the loops of a process, told what people do by way of any process', () => {
  test('one that was connected, or connected again, elsewhere begins at once', async () => {
    const { hear, supervisor } = scene();
    expect(await hear()).toEqual(['load', 'acquire']);
    await supervisor.stop();
  });

  test('a newer version is looked at at once, and mail that it lets go is sent; telling it twice is once', async () => {
    const { hear, inboxes, supervisor } = scene();
    await hear();
    await inboxes.records.change('I', () => ({ senderName: 'Uma' }));
    const [outbox, load, ...more] = await hear();
    expect([outbox, load, more]).toEqual(['I/outbox news', 'load', []]);
    expect(await hear()).toEqual([]);
    await supervisor.stop();
  });

  test('one that is disconnected is let go of', async () => {
    const { hear, inboxes } = scene();
    await hear();
    await inboxes.records.change('I', () => ({ state: 'disconnected' }));
    expect(await hear()).toContain('release');
    await inboxes.records.change('I', () => ({ state: 'paused' }));
    expect(await hear()).toContain('acquire');
  });

  test('what was heard before the loop began ends it no more', async () => {
    const { hear, inboxes, supervisor } = scene('disconnected');
    await inboxes.records.change('I', () => ({ state: 'paused' }));
    await hear();
    expect(await hear({ version: 1, state: 'disconnected' })).toEqual([]);
    await supervisor.stop();
  });

  test('whoever asks for a look wakes it, each time once', async () => {
    const { hear, supervisor } = scene();
    await hear();
    expect(await hear({ asked: 1 })).toEqual(['I asked', 'I/outbox news']);
    expect(await hear({ asked: 1 })).toEqual([]);
    expect(await hear({ asked: 2 })).toEqual(['I asked', 'I/outbox news']);
    await supervisor.stop();
  });

  test('a look at the records in between heeds what was not heard', async () => {
    const { hear, inboxes, supervisor, log } = scene();
    await hear();
    await inboxes.records.change('I', () => ({ senderName: 'Uma' }));
    log.length = 0;
    await supervisor.tick();
    expect(log).toContain('I/outbox news');
    await supervisor.stop();
  });
});

describe('S52: other processes are heard', () => {
  test('by a look every two seconds that goes a minute back, and longer after a time without one', async () => {
    const { signals, signal, windows, warnings, follow, log, supervisor } = scene();
    const away = new Error('away');
    signals.push([], [signal({ asked: 1 })], away, away, [signal({ asked: 1 })], []);
    await follow();
    expect(windows).toEqual([60_000, 62_000, 62_000, 64_000, 66_000, 62_000]);
    expect(warnings).toHaveLength(1);
    expect(log.filter((entry) => entry === 'I asked')).toHaveLength(1);
    await supervisor.stop();
  });
});
