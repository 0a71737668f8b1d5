import { transitionOf } from '../../domain/outgoing/transition';
import type { OutboxRecords } from '../../ports';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { recordSurely } from './record-surely';
import type { RecordSurelyPorts } from './record-surely';

/** A submission that the server took, whose first record takes effect although its answer is lost. */
const scene = (meanwhile: (outbox: FakeOutbox) => Promise<void>) => {
  const outbox = new FakeOutbox(outboxEntry({ stage: 'submitting', attempts: 1, claimId: 'ours' }));
  const told: string[] = [];
  let isLost = true;
  const record: OutboxRecords['record'] = async (...asked) => {
    const isRecorded = await outbox.records.record(...asked);
    if (!isLost) return isRecorded;
    isLost = false;
    await meanwhile(outbox);
    throw new Error('The answer was lost.');
  };
  const ports = {
    clock: {
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms > 15_000) await new Promise<void>((wake) => signal?.addEventListener('abort', () => wake()));
      },
    },
    outbox: { ...outbox.records, record },
    news: { announce: async ({ kind }: { kind: string }) => void told.push(kind) },
    attachments: { remove: async () => void told.push('bytes let go') },
    logger: { warn: () => undefined },
  } as unknown as RecordSurelyPorts;
  const tries = { tries: 3, stop: new AbortController().signal };
  return { outbox, told, ports, tries };
};

const taken = transitionOf({ kind: 'taken', refused: [] });
const filed = transitionOf({ kind: 'filed' });

describe('S51: a record whose answer was lost', () => {
  test('is told once', async () => {
    const { ports, outbox, tries, told } = scene(async () => undefined);
    const facts = { under: { kind: 'stage' }, by: 'ours' } as const;
    expect(await recordSurely(ports, outbox.entry, taken, facts, tries)).toBe(true);
    expect(told).toEqual(['message.sent']);
  });

  test('is told although another process has filed the copy meanwhile', async () => {
    const { ports, outbox, tries, told } = scene(async ({ entry, records }) => {
      await records.claim(entry, { to: 'sent', claimId: 'theirs', claimMs: 1, putOffMs: 1 });
      await records.record(entry, filed, { under: { kind: 'claim', claimId: 'theirs' }, by: 'theirs' });
    });
    const facts = { under: { kind: 'stage' }, by: 'ours' } as const;
    expect(await recordSurely(ports, outbox.entry, taken, facts, tries)).toBe(true);
    expect(told).toEqual(['message.sent']);
  });

  test('lets go of the bytes of what is filed', async () => {
    const { ports, outbox, tries, told } = scene(async () => undefined);
    outbox.entry = { ...outbox.entry, stage: 'sent' };
    const facts = { under: { kind: 'claim', claimId: 'ours' }, by: 'ours' } as const;
    expect(await recordSurely(ports, outbox.entry, filed, facts, tries)).toBe(true);
    expect(told).toEqual(['bytes let go']);
  });

  test('is not told as ours when somebody else recorded it', async () => {
    const { ports, outbox, tries, told } = scene(async (one) => {
      one.entry = { ...one.entry, stage: 'sent', recordedBy: null };
    });
    const facts = { under: { kind: 'stage' }, by: 'ours' } as const;
    expect(await recordSurely(ports, outbox.entry, taken, facts, tries)).toBe(false);
    expect(told).toEqual([]);
  });
});
