import type { OutgoingStage } from '../../domain/outgoing/stage';
import type { ImapSession, OutboxEntry } from '../../ports';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { fileSentCopy } from './file-sent-copy';
import type { FilePorts } from './file-sent-copy';
import { lookInSent } from './look-in-sent';

/** What becomes of a mail of unknown outcome that is never found, look by look, where the provider files sent mail. */
const stagesOf = async (looks: number): Promise<OutgoingStage[]> => {
  const stages: OutgoingStage[] = [];
  const stop = new AbortController().signal;
  const session = { findByMessageId: async () => [] } as unknown as ImapSession;
  const inbox = inboxWith({ sentCopy: 'server', sentFolderPath: 'Sent' });
  let entry = { stage: 'unknown', attempts: 1, looks: 0 } as OutboxEntry;
  const ports = {
    clock: { monotonicMs: () => 0, sleep: async () => undefined },
    random: { bytes: () => new Uint8Array(16) },
    outbox: {
      claim: async (read: OutboxEntry) => (entry = { ...read, looks: read.looks + 1 }),
      renew: async () => true,
      record: async (_: OutboxEntry, { to }: { to: OutgoingStage }) => Boolean(stages.push(to)),
    },
    news: { announce: async () => undefined },
  } as unknown as FilePorts;
  for (let look = 0; look < looks; look += 1) {
    await lookInSent(ports, inbox, async () => session, entry, stop);
  }
  return stages;
};

test('S14: it is looked for three times before a person is asked, for some providers take minutes', async () => {
  expect(await stagesOf(3)).toEqual(['unknown', 'unknown', 'asked']);
});

test('S51: nobody is asked because this process was told to end in the middle of a look', async () => {
  const stop = new AbortController();
  const session = {
    findByMessageId: async () => {
      stop.abort();
      throw new Error('The connection was closed.');
    },
    close: async () => undefined,
  } as unknown as ImapSession;
  const outbox = new FakeOutbox(outboxEntry({ stage: 'unknown', attempts: 1 }));
  const ports = {
    clock: {
      monotonicMs: () => 0,
      sleep: async (_: number, done: AbortSignal) => {
        await new Promise<void>((wake) => done.addEventListener('abort', () => wake()));
      },
    },
    random: { bytes: () => new Uint8Array(16) },
    outbox: outbox.records,
    news: { announce: async () => undefined },
    logger: { warn: () => undefined },
  } as unknown as FilePorts;
  const inbox = inboxWith({ sentCopy: 'append', sentFolderPath: 'Sent' });
  await lookInSent(ports, inbox, async () => session, outbox.entry, stop.signal);
  expect([outbox.entry.stage, outbox.transitions]).toEqual(['unknown', []]);
});

test.each([
  ['a look', 'unknown', lookInSent],
  ['the filing of a copy', 'sent', fileSentCopy],
] as const)(
  'S47: a server that never answers holds %s no longer than the claim lasts',
  async (_, stage, step) => {
    let hangUp: (error: Error) => void = () => undefined;
    const session = {
      findByMessageId: () => new Promise((_resolve, reject) => (hangUp = reject)),
      close: async () => hangUp(new Error('The connection was closed.')),
    } as unknown as ImapSession;
    const outbox = new FakeOutbox(outboxEntry({ stage, attempts: 1 }));
    outbox.renewals.push(false);
    const ports = {
      clock: {
        monotonicMs: () => 0,
        // It is time to renew the claim, and for nothing else.
        sleep: async (ms: number, done: AbortSignal) => {
          if (ms > 15_000) await new Promise((wake) => done.addEventListener('abort', wake));
        },
      },
      random: { bytes: () => new Uint8Array(16) },
      outbox: outbox.records,
      news: { announce: async () => undefined },
      logger: { warn: () => undefined },
    } as unknown as FilePorts;
    const inbox = inboxWith({ sentCopy: 'append', sentFolderPath: 'Sent' });
    const { signal } = new AbortController();
    await expect(step(ports, inbox, async () => session, outbox.entry, signal)).resolves.toBeUndefined();
  }
);
