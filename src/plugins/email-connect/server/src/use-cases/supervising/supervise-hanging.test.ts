import { createClock } from '../../adapters/time';
import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { superviseInboxes } from './supervise-inboxes';

/** Two seconds, as an impatient test has them. */
const PATIENCE_MS = 40;
const clock = createClock(async () => Date.now());

interface Scene {
  /** What the mail server does with whoever connects. */
  connect: (signal: AbortSignal) => Promise<never>;
  /** A database that does not answer, from the first lease on. */
  releaseHangs?: boolean;
}

/** One inbox, whose mail server is what the scene says. */
const supervise = ({ connect, releaseHangs = false }: Scene) => {
  let inbox: Inbox = inboxWith({ documentId: 'I', state: 'ok' });
  const fences: number[] = [];
  const recorded: string[] = [];
  const loaded: string[] = [];
  const warnings: string[] = [];
  const ports = {
    clock: {
      ...clock,
      sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms === 2_000 ? PATIENCE_MS : ms, signal),
    },
    random: { bytes: () => new Uint8Array([0]) },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    imap: { connect: (_: unknown, signal: AbortSignal) => connect(signal) },
    leases: {
      acquire: async () => {
        fences.push(fences.length + 1);
        return { inboxDocumentId: 'I', token: fences.length };
      },
      renew: async () => true,
      rest: async () => undefined,
      restMs: async () => (inbox.state === 'ok' && recorded.length > 0 ? 60_000 : 0),
      release: () => (releaseHangs ? new Promise<void>(() => undefined) : Promise.resolve()),
    },
    inboxes: {
      load: async () => {
        loaded.push(inbox.state);
        return inbox;
      },
      list: async () => [inbox],
      loadSecrets: async () => ({ imapPassword: 'x', smtpPassword: 'x' }),
      recordState: async (_: Inbox, { state }: Partial<Inbox>) => Boolean(recorded.push(state ?? 'no state')),
    },
    outbox: {
      listEvident: async () => [],
      listDue: async () => [],
      listInboxesDue: async () => [],
      nextDueInMs: async () => null,
    },
    news: { announce: async () => undefined },
    pruning: { prune: async () => 0 },
    wakeups: {
      wake: () => undefined,
      wait: (_: string, __: number, signal: AbortSignal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve('aborted');
          else signal.addEventListener('abort', () => resolve('aborted'));
        }),
    },
    background: { run: (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal) },
    settings: { passIntervalMs: 60_000 },
    logger: {
      warn: (text: string) => void warnings.push(text),
      error: (text: string) => warnings.push(text),
    },
  } as unknown as Ports;
  const supervisor = superviseInboxes(ports, 'process');
  const become = (state: Inbox['state']): void => {
    inbox = { ...inbox, state, version: inbox.version + 1 };
    supervisor.heed({ documentId: 'I', state, version: inbox.version, asked: 0 });
  };
  return { supervisor, become, fences, recorded, warnings, loaded };
};

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await turn();
};

/** Obeys its signal, as the adapters do. */
const hangs = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut'))));
const hangsForEver = (): Promise<never> => new Promise(() => undefined);

describe('S47: a loop whose mail server hangs', () => {
  test.each([
    ['lets go when it is told to', hangs],
    ['in a connect that nothing ends', hangsForEver],
  ])('%s: a pause is seen, and calls no inbox ill', async (_, connect) => {
    const { become, fences, recorded, supervisor, warnings, loaded } = supervise({ connect });
    await supervisor.tick();
    await until(() => fences.length === 1);
    become('paused');
    await until(() => loaded.includes('paused'));
    expect([recorded, warnings]).toEqual([[], []]);
    await supervisor.stop();
  });

  test('a process that is to end does not wait for it, nor does it begin another', async () => {
    const { supervisor, fences, become } = supervise({ connect: hangsForEver });
    await supervisor.tick();
    await until(() => fences.length === 1);
    await supervisor.stop();
    become('ok');
    await turn();
    expect(fences).toHaveLength(1);
  });
});

describe('a loop that does not end at all', () => {
  test('is left behind: the next one takes its lease, so that its token is stale', async () => {
    const { become, fences, supervisor, warnings } = supervise({ connect: hangs, releaseHangs: true });
    await supervisor.tick();
    await until(() => fences.length === 1);
    become('disconnected');
    await until(() => warnings.length > 0);
    become('ok');
    await until(() => fences.length === 2);
    expect(warnings).toEqual([expect.stringContaining('left behind')]);
    await supervisor.stop();
  });

  test('keeps no process from ending', async () => {
    const { supervisor, fences } = supervise({ connect: hangs, releaseHangs: true });
    await supervisor.tick();
    await until(() => fences.length === 1);
    expect(await supervisor.stop()).toBe(false);
    expect(fences).toHaveLength(1);
  });
});

test('a failure of the server is said as ever', async () => {
  const refused = new EmailConnectError('CONNECTION_REFUSED', 'Nothing answers.', 'Look.');
  const { supervisor, recorded } = supervise({ connect: () => Promise.reject(refused) });
  await supervisor.tick();
  await until(() => recorded.length > 0);
  expect(recorded).toEqual(['backing-off']);
  await supervisor.stop();
});
