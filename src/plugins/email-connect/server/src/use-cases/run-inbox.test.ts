import { EmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { ImapSession, Ports } from '../ports';
import { refusal } from '../testing/fake-folder';
import { runInbox } from './run-inbox';

interface Scene {
  /** One entry a connection: what happens instead of a session. */
  connections?: (EmailConnectError | null)[];
  state?: Inbox['state'];
  leases?: (number | null)[];
  /** Wake-ups until the loop is told to stop. */
  rounds?: number;
  /** The connection breaks in the middle of the first pass. */
  breaksInPass?: EmailConnectError;
  onWait?: (round: number, world: { close(error: Error): void; inbox: Inbox }) => void;
}

const run = async ({
  connections = [null],
  state = 'ok',
  leases = [1],
  rounds = 1,
  breaksInPass,
  onWait,
}: Scene) => {
  const inbox = { documentId: 'I', address: 'us@crm.test', imap: { host: 'mail.test' }, state } as Inbox;
  const states: string[] = [];
  const waits: number[] = [];
  const log: string[] = [];
  const controller = new AbortController();
  let round = 0;
  let isHeld = false;
  let onClosed: ((error: Error | null) => void) | undefined;
  const next = <T>(list: T[]): T | undefined => (list.length > 1 ? list.shift() : list[0]);
  const session = {
    watch: async () => undefined,
    close: async () => void log.push('closed'),
  } as unknown as ImapSession;
  const ports = {
    clock: {
      now: () => new Date('2026-03-01T10:00:00Z'),
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          if (!signal || signal.aborted) return resolve();
          signal.addEventListener('abort', () => resolve());
          if (!isHeld) setImmediate(resolve);
        }),
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
        isHeld = token !== null && token !== undefined;
        return isHeld ? { inboxDocumentId: 'I', token } : null;
      },
      renew: async () => true,
      release: async () => void log.push('released'),
    },
    inboxes: {
      load: async () => inbox,
      loadSecrets: async () => ({ imapPassword: 'x', smtpPassword: 'x' }),
      update: async (_: string, change: Partial<Inbox>) => {
        Object.assign(inbox, change);
        if (change.state) states.push(`${change.state} ${change.stateCode}`.trim());
      },
    },
    folders: {
      list: async () => {
        const broken = breaksInPass;
        breaksInPass = undefined;
        if (!broken) return [];
        onClosed?.(broken);
        throw broken;
      },
    },
    outbox: { listDue: async () => [] },
    news: { announce: async () => undefined },
    wakeups: {
      wake: () => void log.push('woken'),
      wait: async (_: string, timeoutMs: number) => {
        if (timeoutMs === 0) {
          log.push('forgot wake-ups');
          return 'timeout';
        }
        waits.push(timeoutMs);
        onWait?.(round, { close: (error) => onClosed?.(error), inbox });
        round += 1;
        if (round >= rounds) controller.abort();
        return 'timeout';
      },
    },
    settings: { passIntervalMs: 60_000 },
    logger: { warn: () => undefined },
  } as unknown as Ports;
  await runInbox(ports, 'I', 'process', controller.signal);
  return { states, waits, log };
};

describe('the loop of an inbox', () => {
  test('P10: is ok only after a whole pass, and lets go of everything when it is told to stop', async () => {
    const { states, log } = await run({ state: 'catching-up' });
    expect(states).toEqual(['catching-up', 'ok']);
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('c25: a refused password needs a person, and is not tried again for an hour', async () => {
    const { states, waits } = await run({ connections: [refusal('LOGIN_REFUSED')] });
    expect(states).toEqual(['needs-you LOGIN_REFUSED']);
    expect(waits[0]).toBeGreaterThanOrEqual(3_600_000);
  });

  test('c26: a server that is away is tried again soon, and the next success clears it', async () => {
    const { states, waits } = await run({ connections: [refusal('CONNECTION_REFUSED'), null], rounds: 2 });
    expect(states).toEqual(['backing-off CONNECTION_REFUSED', 'catching-up', 'ok']);
    expect(waits[0]).toBeLessThan(31_000);
  });

  test('c20: a connection that the server closes is opened anew, with the cause on record', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, log } = await run({
      rounds: 3,
      onWait: (round, { close }) => round === 0 && close(lost),
    });
    expect(states).toEqual(['ok', 'backing-off CONNECTION_LOST', 'catching-up', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(2);
  });

  test('a.13: one that breaks during a pass is no reason to try again at once', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, waits, log } = await run({ rounds: 2, breaksInPass: lost });
    expect(states).toEqual(['backing-off CONNECTION_LOST', 'catching-up', 'ok']);
    expect(waits[0]).toBeGreaterThanOrEqual(2_000);
    expect(log).not.toContain('woken');
    expect(log).toContain('forgot wake-ups');
  });

  test('P2: while another process holds the lease, nothing is connected', async () => {
    const { log } = await run({ leases: [null, null, 1] });
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test.each(['paused', 'disconnected'] as const)('an inbox that is %s is left alone', async (state) => {
    expect((await run({ state })).log).toEqual([]);
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
});
