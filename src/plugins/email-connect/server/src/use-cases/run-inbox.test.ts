import { EmailConnectError } from '../domain/errors';
import type { Gap, Inbox } from '../domain/inbox/inbox';
import type { ImapSession, Ports } from '../ports';
import { refusal } from '../testing/fake-folder';
import { folderWith, inboxWith } from '../testing/mailbox-scene';
import { ConnectQueue } from './connect-queue';
import { runInbox } from './run-inbox';
import { outboxKey } from './run-outbox';

const RENEW_MS = 10_000;
const start = Date.parse('2026-03-01T10:00:00Z');

interface Scene {
  /** One entry a connection: what happens instead of a session. */
  connections?: (EmailConnectError | null)[];
  inbox?: Partial<Inbox>;
  leases?: (number | null)[];
  /** Waits for a wake-up until the loop is told to stop. */
  rounds?: number;
  /** The connection breaks in the middle of the first pass. */
  breaksInPass?: EmailConnectError;
  /** Nothing in it would end the loop. */
  stopsAtOnce?: boolean;
  /** The first look for what is to be sent. */
  outboxFails?: EmailConnectError;
  /** How long each wait for a wake-up takes. */
  roundMs?: number;
  onWait?: (round: number, world: { close(error: Error): void; inbox: Inbox }) => void;
}

/** A loop over a mailbox in which nothing happens, by a clock that the waits move. */
const run = async (scene: Scene) => {
  const { connections = [null], leases = [1], rounds = 1, roundMs = 60_000, onWait } = scene;
  let { breaksInPass, outboxFails } = scene;
  /** The sending loop is told by nobody, but looks again after it failed. */
  const waitedFor = async (signal: AbortSignal): Promise<string> => {
    if (warnings.some((warning) => warning.startsWith('Sending')) && !log.includes('looked again')) {
      log.push('looked again');
      return 'timeout';
    }
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve());
    });
    return 'aborted';
  };
  const inbox = inboxWith({ lastPassAt: new Date(start - 60_000).toISOString(), ...scene.inbox });
  const states: string[] = [];
  const rests: number[] = [];
  const log: string[] = [];
  const gaps: Gap[] = [];
  const beats: number[] = [];
  const warnings: string[] = [];
  const controller = new AbortController();
  let now = start;
  let round = 0;
  let onClosed: ((error: Error | null) => void) | undefined;
  const next = <T>(list: T[]): T | undefined => (list.length > 1 ? list.shift() : list[0]);
  const session = {
    watch: async () => undefined,
    listFolders: async () => {
      log.push('list');
      return [];
    },
    openFolder: async () => {
      const broken = breaksInPass;
      breaksInPass = undefined;
      if (broken) onClosed?.(broken);
      throw broken ?? refusal('FOLDER_UNREADABLE');
    },
    close: async () => void log.push('closed'),
  } as unknown as ImapSession;
  const ports = {
    clock: {
      now: () => new Date(now),
      monotonicMs: () => now,
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms === RENEW_MS) {
          await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
          return;
        }
        rests.push(ms);
        now += ms;
      },
    },
    random: { bytes: () => new Uint8Array([0]) },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    imap: {
      connect: async (_: unknown, closed: typeof onClosed) => {
        log.push('connect');
        onClosed = closed;
        const failure = next(connections);
        if (failure) throw failure;
        return session;
      },
    },
    leases: {
      acquire: async () => {
        const token = next(leases);
        return token ? { inboxDocumentId: 'I', token } : null;
      },
      renew: async () => true,
      release: async () => void log.push('released'),
    },
    inboxes: {
      load: async () => ({ ...inbox }),
      loadSecrets: async () => ({ imapPassword: 'x', smtpPassword: 'x' }),
      update: async (_: string, change: Partial<Inbox>) => {
        Object.assign(inbox, change);
        if (change.state) states.push(`${change.state} ${change.stateCode}`.trim());
        if (change.lastGap) gaps.push(change.lastGap);
      },
    },
    folders: {
      list: async () => [folderWith('INBOX')],
      merge: async () => undefined,
      recordFailure: async () => undefined,
    },
    requests: { next: async () => null },
    backfills: { load: async () => null },
    outbox: {
      listEvident: async () => [],
      listDue: async () => {
        log.push('sends');
        const failure = outboxFails;
        outboxFails = undefined;
        if (failure) throw failure;
        return [];
      },
      nextDueInMs: async () => null,
    },
    news: { announce: async ({ kind }: { kind: string }) => void log.push(kind) },
    wakeups: {
      wake: () => void log.push('woken'),
      wait: async (key: string, _: number, signal: AbortSignal) => {
        if (key === outboxKey('I')) return waitedFor(signal);
        onWait?.(round, { close: (error) => onClosed?.(error), inbox });
        round += 1;
        now += roundMs;
        if (round >= rounds) controller.abort();
        return 'timeout';
      },
    },
    background: { run: async (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal) },
    settings: { passIntervalMs: 60_000 },
    logger: { warn: (message: string) => void warnings.push(message), error: () => undefined },
  } as unknown as Ports;
  const worker = {
    ...{ holder: 'process', connects: new ConnectQueue() },
    onBeat: (silentMs: number) => void beats.push(silentMs),
  };
  if (scene.stopsAtOnce) setImmediate(() => controller.abort());
  await runInbox(ports, 'I', worker, controller.signal);
  return {
    states,
    rests,
    log: log.filter((entry) => entry !== 'list' && entry !== 'sends'),
    sends: log.filter((entry) => entry === 'sends').length,
    listed: log.filter((entry) => entry === 'list').length,
    gaps,
    beats,
  };
};

describe('the loop of an inbox', () => {
  test('P10: is ok only after a whole pass, and lets go of everything when it is told to stop', async () => {
    const { states, log } = await run({ inbox: { state: 'catching-up' } });
    expect(states).toEqual(['catching-up', 'ok']);
    expect(log).toEqual(['connect', 'inbox.changed', 'closed', 'released']);
  });

  test('c25: a refused password needs a person, and is not tried again for an hour', async () => {
    const { states, rests } = await run({ connections: [refusal('LOGIN_REFUSED'), null] });
    expect(states).toEqual(['needs-you LOGIN_REFUSED', 'catching-up', 'ok']);
    expect(rests[0]).toBeGreaterThanOrEqual(3_600_000);
  });

  test('c26: a server that is away is tried again soon, and the next success clears it', async () => {
    const { states, rests } = await run({ connections: [refusal('CONNECTION_REFUSED'), null], rounds: 2 });
    expect(states).toEqual(['backing-off CONNECTION_REFUSED', 'catching-up', 'ok', 'ok']);
    expect(rests[0]).toBeLessThan(31_000);
  });

  test('c27: a server that says how long it wants to be left alone is left alone so long', async () => {
    const busy = new EmailConnectError('SERVER_THROTTLED', 'Busy.', 'Wait.', '', { retryAfterMs: 77_000 });
    expect((await run({ connections: [busy, null] })).rests).toEqual([77_000]);
  });

  test('c20: a connection that the server closes is opened anew, with the cause on record', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, log } = await run({
      rounds: 3,
      onWait: (round, { close }) => round === 0 && close(lost),
    });
    expect(states).toEqual(['ok', 'backing-off CONNECTION_LOST', 'catching-up', 'ok', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(2);
  });

  test('a.13: one that breaks during a pass is no reason to try again at once, and neither is a wake-up', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, rests } = await run({ rounds: 1, breaksInPass: lost });
    expect(states).toEqual(['backing-off CONNECTION_LOST', 'catching-up', 'ok']);
    expect(rests).toEqual([2_000]);
  });

  test('a.13: a server that lets us in and drops us again and again is asked ever more seldom', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { rests } = await run({ rounds: 5, roundMs: 1_000, onWait: (_, { close }) => close(lost) });
    expect(rests).toEqual([2_000, 3_000, 4_500, 6_750, 10_125].slice(0, rests.length));
    expect(rests.length).toBeGreaterThanOrEqual(4);
  });

  test('a.13: after a connection that lived for minutes, a failure counts as the first again', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { rests } = await run({
      ...{ rounds: 12, roundMs: 120_000 },
      onWait: (round, { close }) => [3, 7].includes(round) && close(lost),
    });
    expect(rests).toEqual([2_000, 2_000]);
  });

  test('P2: while another process holds the lease, nothing is connected', async () => {
    const { log } = await run({ leases: [null, null, 1] });
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('an inbox that is disconnected is left alone', async () => {
    expect((await run({ inbox: { state: 'disconnected' } })).log).toEqual([]);
  });

  test('S8, S9: one that is paused is not read, and goes on sending', async () => {
    const { log, sends } = await run({ inbox: { state: 'paused' }, stopsAtOnce: true });
    expect(log).toEqual(['released']);
    expect(sends).toBe(1);
  });

  test('S47: a failure of sending ends no reading, and is tried again', async () => {
    const { states, sends, log } = await run({ outboxFails: refusal('UNEXPECTED'), rounds: 2 });
    expect(states).toEqual(['ok', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(1);
    expect(sends).toBe(2);
  });

  test('a pause made during a pass is not written over', async () => {
    const { states } = await run({
      connections: [null],
      rounds: 2,
      onWait: (_, { inbox }) => {
        inbox.state = 'paused';
      },
    });
    expect(states).toEqual(['ok']);
  });

  test('S7: a time without reading is on record when it is over', async () => {
    const lastPassAt = new Date(start - 20 * 60_000).toISOString();
    const { gaps, log } = await run({ inbox: { lastPassAt }, rounds: 3 });
    expect(gaps).toEqual([{ from: lastPassAt, to: new Date(start).toISOString(), recovered: 0 }]);
    // Nothing came in it, so there is no news of it.
    expect(log).not.toContain('inbox.recovered');
  });

  test('c12: what folders there are is asked at every connection, and every quarter of an hour', async () => {
    expect((await run({ rounds: 3 })).listed).toBe(1);
    expect((await run({ rounds: 5, roundMs: 5 * 60_000 })).listed).toBe(2);
  });

  test('a.7: says at each turn for how long it will be silent', async () => {
    expect((await run({ rounds: 2 })).beats.slice(-1)).toEqual([60_000]);
    const { beats } = await run({ connections: [refusal('LOGIN_REFUSED'), null] });
    expect(Math.max(...beats)).toBeGreaterThanOrEqual(3_600_000);
  });
});
