import type { ImapSession, Ports } from '../../ports';
import { createBackground } from '../../adapters/queue/background';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { ConnectQueue } from '../inbox/connect-queue';
import { runOutbox } from './run-outbox';

const scene = (answer: Promise<unknown>) => {
  const outbox = new FakeOutbox(outboxEntry());
  const background = createBackground();
  const signals: AbortSignal[] = [];
  const ports = {
    clock: {
      monotonicMs: () => 0,
      sleep: (_: number, signal: AbortSignal) =>
        new Promise<void>((wake) => signal.addEventListener('abort', () => wake())),
    },
    random: { bytes: (length: number) => new Uint8Array(length) },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    inboxes: {
      load: async () => inboxWith({ state: 'paused' }),
      loadSecrets: async () => ({ imapPassword: 'sealed', smtpPassword: 'sealed' }),
    },
    attachments: { open: async () => (async function* () {})() },
    smtp: {
      submit: async (...[, , , signal]: Parameters<Ports['smtp']['submit']>) => {
        signals.push(signal);
        await Promise.race([answer, new Promise((abort) => signal.addEventListener('abort', abort))]);
        return { serverMessageId: null, response: '250', refused: [] };
      },
    },
    imap: { connect: async () => Promise.reject(new Error('not needed')) as Promise<ImapSession> },
    outbox: { ...outbox.records, nextDueInMs: async () => null },
    news: { announce: async () => undefined },
    wakeups: {
      wait: (_: string, __: number, signal: AbortSignal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve('aborted');
          else signal.addEventListener('abort', () => resolve('aborted'));
        }),
    },
    background,
    logger: { warn: () => undefined },
  } as unknown as Ports;
  return { ports, outbox, background, signals };
};

const untilSubmitting = async (outbox: FakeOutbox): Promise<void> => {
  while (outbox.entry.stage !== 'submitting') await new Promise((resolve) => setImmediate(resolve));
};

const fence = { inboxDocumentId: 'I', token: 1 };

describe('the sending loop of an inbox', () => {
  test('S51: a loop that ends leaves a mail that waits for its answer alone, and does not wait for it', async () => {
    let take: (value: unknown) => void = () => undefined;
    const { ports, outbox, background, signals } = scene(new Promise((resolve) => (take = resolve)));
    const loop = new AbortController();
    const running = runOutbox(ports, fence, new ConnectQueue(), loop.signal);
    await untilSubmitting(outbox);
    loop.abort();
    await running;
    expect([outbox.entry.stage, signals.map(({ aborted }) => aborted)]).toEqual(['submitting', [false]]);
    take(null);
    await background.stop();
    expect(outbox.entry.stage).toBe('sent');
  });

  test('P2: a process that ends tells it so, and waits until it has let go', async () => {
    const { ports, outbox, background, signals } = scene(new Promise(() => undefined));
    const loop = new AbortController();
    const running = runOutbox(ports, fence, new ConnectQueue(), loop.signal);
    await untilSubmitting(outbox);
    loop.abort();
    await Promise.all([running, background.stop()]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(outbox.entry.stage).not.toBe('submitting');
  });
});
