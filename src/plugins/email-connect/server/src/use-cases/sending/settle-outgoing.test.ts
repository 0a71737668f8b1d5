import { randomBytes } from 'node:crypto';
import type { Inbox } from '../../domain/inbox/inbox';
import { outgoingStages } from '../../domain/outgoing/stage';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import type { OutboxEntry, Ports } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { cancelOutgoing } from './cancel-outgoing';
import { endSending } from './end-sending';
import { releaseOutgoing } from './release-outgoing';
import { settleOutgoing } from './settle-outgoing';

const scene = (
  entry: Partial<OutboxEntry>,
  { inbox = {}, submission }: { inbox?: Partial<Inbox>; submission?: Parameters<typeof refusal>[0] } = {}
) => {
  const done: string[] = [];
  const outbox = new FakeOutbox(outboxEntry(entry));
  const ports = {
    clock: {
      monotonicMs: () => 0,
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((wake) => signal?.addEventListener('abort', () => wake())),
    },
    random: { bytes: randomBytes },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    inboxes: {
      load: async () => inboxWith(inbox),
      loadSecrets: async () => ({ imapPassword: 'sealed', smtpPassword: 'sealed' }),
    },
    attachments: {
      remove: async () => void done.push('bytes let go'),
      open: async () =>
        (async function* () {
          yield new Uint8Array(1);
        })(),
    },
    smtp: {
      submit: async () => {
        done.push('submitted');
        if (submission) throw refusal(submission);
        return { serverMessageId: null, response: '250', refused: [] };
      },
    },
    access: { inboxesOf: async (person: string) => (person === 'named' ? ['I'] : []) },
    outbox: outbox.records,
    news: { announce: async ({ kind }: { kind: string }) => void done.push(kind) },
    wakeups: { wake: () => undefined },
    background: { run: async (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal) },
    audit: {
      record: async ({ action, outcome }: { action: string; outcome: string }) =>
        void done.push(`${action} ${outcome}`),
    },
    logger: { warn: () => undefined },
  } as unknown as Ports;
  return { ports, done, outbox };
};

const but = (...stages: OutgoingStage[]) => outgoingStages.filter((stage) => !stages.includes(stage));

describe('S51: a mail of which nobody knows', () => {
  const asked = { stage: 'asked', isDoubted: true, attempts: 1 } as const;

  test.each([
    ['went-out', 'sent', ['message.sent', 'message.settled ok']],
    ['did-not', 'ended', ['message.changed', 'bytes let go', 'message.settled ok']],
    ['send-again', 'sent', ['submitted', 'message.sent', 'message.settled ok']],
  ] as const)('a person says "%s": it is %s, on record', async (answer, stage, expected) => {
    const { ports, done, outbox } = scene(asked);
    expect(await settleOutgoing(ports, 'M', answer, 'owner')).toBe('T');
    expect([outbox.entry.stage, done]).toEqual([stage, expected]);
  });

  test.each(['CONNECTION_REFUSED', 'MESSAGE_REFUSED', 'LOGIN_REFUSED'] as const)(
    'sent again in vain (%s): still nobody knows of the first time, and it is asked again',
    async (submission) => {
      const { ports, outbox } = scene(asked, { submission });
      await settleOutgoing(ports, 'M', 'send-again', 'owner');
      expect(outbox.entry).toMatchObject({ stage: 'asked', attempts: 2 });
    }
  );

  test.each(but('asked'))('is not one that is %s', async (stage) => {
    const { ports, done } = scene({ stage });
    await expect(settleOutgoing(ports, 'M', 'send-again', 'owner')).rejects.toMatchObject({
      code: 'MESSAGE_UNDER_WAY',
    });
    expect(done).toEqual([]);
  });

  test('w70: goes out again for who is named on its inbox too', async () => {
    const { ports, done } = scene(asked);
    await settleOutgoing(ports, 'M', 'send-again', 'named');
    expect(done).toContain('submitted');
  });

  test('goes out again for nobody else, and from a connected inbox', async () => {
    const { ports, done, outbox } = scene(asked);
    await expect(settleOutgoing(ports, 'M', 'send-again', 'other')).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const gone = scene(asked, { inbox: { state: 'disconnected' } });
    await expect(settleOutgoing(gone.ports, 'M', 'send-again', 'owner')).rejects.toMatchObject({
      code: 'INBOX_NOT_CONNECTED',
    });
    expect([done, gone.done, outbox.entry.stage]).toEqual([[], [], 'asked']);
  });

  test('two people who say "send again" make one submission', async () => {
    const { ports, done } = scene(asked);
    const both = await Promise.allSettled(
      ['owner', 'owner'].map((actor) => settleOutgoing(ports, 'M', 'send-again', actor))
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(done.filter((entry) => entry === 'submitted')).toHaveLength(1);
  });
});

describe('S51: cancelling', () => {
  test.each(['queued', 'held'] as const)(
    'takes back a mail that is %s, and lets its bytes go',
    async (stage) => {
      const { ports, done, outbox } = scene({ stage });
      await cancelOutgoing(ports, 'M', 'owner');
      expect(outbox.entry.stage).toBe('cancelled');
      expect(done).toEqual(['message.changed', 'bytes let go', 'message.cancelled ok']);
    }
  );

  test.each(but('queued', 'held'))('does not touch one that is %s', async (stage) => {
    const { ports, done, outbox } = scene({ stage });
    await expect(cancelOutgoing(ports, 'M', 'owner')).rejects.toMatchObject({ code: 'MESSAGE_UNDER_WAY' });
    expect([outbox.entry.stage, done]).toEqual([stage, []]);
  });
});

describe('S4: when an inbox is disconnected', () => {
  test.each([
    ['queued', 'held'],
    ['unknown', 'asked'],
    ['sent', 'filed'],
    ['asked', 'asked'],
    ['held', 'held'],
  ] as const)('a mail that is %s is %s', async (stage, expected) => {
    const { ports, outbox } = scene({ stage });
    await endSending(ports, 'I');
    await endSending(ports, 'I');
    expect(outbox.entry.stage).toBe(expected);
  });

  test('its owner lets a held mail go, once it is connected again', async () => {
    const { ports, done, outbox } = scene({ stage: 'held' });
    await releaseOutgoing(ports, 'M', 'owner');
    expect(outbox.entry.stage).toBe('queued');
    expect(done).toEqual(['message.changed', 'message.released ok']);
  });

  test('nobody else does, and not from an inbox that is not connected', async () => {
    const { ports, done } = scene({ stage: 'held' });
    await expect(releaseOutgoing(ports, 'M', 'other')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const gone = scene({ stage: 'held' }, { inbox: { state: 'disconnected' } });
    await expect(releaseOutgoing(gone.ports, 'M', 'owner')).rejects.toMatchObject({
      code: 'INBOX_NOT_CONNECTED',
    });
    expect([done, gone.done]).toEqual([[], []]);
  });

  test('under another address it does not go out at all', async () => {
    const { ports, done, outbox } = scene({ stage: 'held' }, { inbox: { address: 'jo@crm.test' } });
    await expect(releaseOutgoing(ports, 'M', 'owner')).rejects.toMatchObject({ code: 'INBOX_CHANGED' });
    expect(outbox.entry.stage).toBe('refused');
    expect(done).toEqual(['message.failed', 'bytes let go', 'message.released refused']);
  });
});
