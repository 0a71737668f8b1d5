import type { ImapSession, Ports } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { ConnectQueue } from '../inbox/connect-queue';
import { LiveInbox } from './live-inbox';
import type { Worker } from './worker';

const LET_GO_MS = 2_000;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Connections of one inbox without folders, by a clock of which nothing passes by itself but the time to let go. */
const scene = ({ loginFails = false } = {}) => {
  const inboxes = new FakeInboxes(inboxWith());
  const done: string[] = [];
  const loop = new AbortController();
  let onWait = (): void => loop.abort();
  let beforeLoad = async (): Promise<void> => undefined;
  const endOf = { connection: (_: Error): void => undefined };
  let lettingGo = 0;
  let isCut = false;
  const session = {
    listFolders: async () => [],
    close: async () => void done.push('closed'),
  } as unknown as ImapSession;
  const ports = {
    clock: {
      now: () => new Date('2026-03-01T10:00:00Z'),
      monotonicMs: () => 0,
      sleep: async (ms: number) => {
        if (ms === LET_GO_MS) lettingGo += 1;
      },
    },
    secrets: { open: () => 'password' },
    hosts: { resolve: async () => '192.0.2.1' },
    imap: {
      connect: async (_: unknown, lasting: AbortSignal, onEnd: (error: Error) => void) => {
        done.push('connected');
        endOf.connection = onEnd;
        if (loginFails) throw refusal('CONNECTION_REFUSED');
        lasting.addEventListener('abort', () => (isCut = true));
        return session;
      },
    },
    inboxes: {
      ...inboxes.records,
      load: async (documentId: string) => {
        await beforeLoad();
        return inboxes.records.load(documentId);
      },
    },
    folders: {
      list: async () => {
        if (isCut) throw refusal('CONNECTION_LOST');
        return [];
      },
      merge: async () => undefined,
    },
    quarantine: { list: async () => [] },
    files: { listDue: async () => [] },
    copies: { listDue: async () => [] },
    requests: { next: async () => null },
    backfills: { load: async () => null },
    news: { announce: async () => undefined },
    wakeups: { wait: async () => onWait() },
    settings: { passIntervalMs: 60_000 },
    logger: { warn: () => undefined },
  } as unknown as Ports;
  let version = new AbortController();
  const worker: Worker = {
    holder: 'process',
    connects: new ConnectQueue(),
    onBeat: () => undefined,
    outdated: () => {
      if (version.signal.aborted) version = new AbortController();
      return version.signal;
    },
  };
  return {
    done,
    inboxes,
    live: () => new LiveInbox(ports, inboxes.one(), { inboxDocumentId: 'I', token: 1 }, worker, loop.signal),
    hear: () => version.abort(),
    on: (wait: () => void) => void (onWait = wait),
    beforeNextLoad: (work: () => Promise<void>) =>
      void (beforeLoad = async () => {
        beforeLoad = async () => undefined;
        await work();
      }),
    stop: () => loop.abort(),
    end: (error: Error) => endOf.connection(error),
    lettingGo: () => lettingGo,
  };
};

describe('one connection of an inbox', () => {
  test.each([
    ['that ended', false],
    ['that could not be opened', true],
  ])('S47: one %s is remembered by nothing that lives longer', async (_, loginFails) => {
    const { live, hear, on, lettingGo } = scene({ loginFails });
    on(() => {
      throw refusal('CONNECTION_LOST');
    });
    for (let connection = 0; connection < 20; connection += 1)
      await live()
        .run()
        .catch(() => undefined);
    hear();
    await settled();
    expect(lettingGo()).toBe(0);
  });

  test('S47: however long it lasts, it leaves nothing at each turn in what lives longer', async () => {
    const { live, on, stop } = scene();
    let turns = 0;
    on(() => {
      turns += 1;
      if (turns === 50) stop();
    });
    const made = jest.spyOn(AbortSignal, 'any');
    await live().run();
    expect(turns).toBe(50);
    expect(made.mock.calls.length).toBeLessThan(10);
    made.mockRestore();
  });

  test('S47, P10: one that ended while a step was under way says why', async () => {
    const { live, end, on, beforeNextLoad } = scene();
    on(() =>
      beforeNextLoad(async () => {
        end(refusal('SERVER_FLOODING'));
        throw refusal('CONNECTION_LOST');
      })
    );
    await expect(live().run()).rejects.toMatchObject({ code: 'SERVER_FLOODING' });
  });

  test('S52: one that was cut because a change was not looked at in time is opened anew, and is no failure', async () => {
    const { live, hear, on, beforeNextLoad, inboxes, done } = scene();
    on(() => {
      beforeNextLoad(async () => {
        hear();
        // The database takes its time: longer than a change waits.
        await settled();
      });
      void inboxes.records.change('I', () => ({ policy: 'known-contacts' }));
    });
    await expect(live().run()).resolves.toBeUndefined();
    expect(done).toEqual(['connected', 'closed']);
  });
});
