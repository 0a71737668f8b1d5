import type { Bytes, MessageToCompose, Ports, QueuedMail } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { outboxEntry } from '../../testing/fakes/fake-outbox';
import { assertMayFit, composeOutgoing } from './compose-outgoing';

const LIMIT = 1_000_000;

/** A storage that keeps what was saved, and a composer of `pieces` of 100 kB. */
const portsWith = (pieces: number, failing: 'parse' | 'remove' | 'nothing' = 'nothing') => {
  const stored = new Map<string, number>();
  const warnings: string[] = [];
  let composed = 0;
  async function* compose(): Bytes {
    for (; composed < pieces; composed += 1) yield new Uint8Array(100_000);
  }
  const ports = {
    settings: { outgoingLimitBytes: LIMIT, textLimitBytes: 1_000 },
    logger: { warn: (message: string) => warnings.push(message) },
    mime: {
      composeMessage: compose,
      parseMessage: async () => {
        if (failing === 'parse') throw new Error('parse');
        return { text: 'parsed' };
      },
    },
    outbox: { usesSource: async () => false },
    attachments: {
      save: async (content: Bytes) => {
        let size = 0;
        for await (const piece of content) size += piece.length;
        stored.set('key', size);
        return { storageKey: 'key', sha256: 'key', size };
      },
      open: async () => compose(),
      remove: async (key: string) => {
        if (failing === 'remove') throw new Error('remove');
        stored.delete(key);
      },
    },
  } as unknown as Ports;
  return { ports, stored, warnings, composed: () => composed };
};

const message = {} as MessageToCompose;
const queued: QueuedMail = { kind: 'queued', entry: outboxEntry() };

describe('composeOutgoing', () => {
  it('records what was stored, and keeps it', async () => {
    const { ports, stored } = portsWith(10);
    const record = jest.fn(async () => queued);
    expect(await composeOutgoing(ports, message, record)).toBe(queued);
    expect(record.mock.calls).toEqual([[{ sourceKey: 'key', size: LIMIT, parsed: { text: 'parsed' } }]]);
    expect([...stored]).toEqual([['key', LIMIT]]);
  });

  it('S47: composes no further than the limit', async () => {
    const { ports, stored, composed } = portsWith(1_000);
    const record = jest.fn();
    await expect(composeOutgoing(ports, message, record)).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
      message: expect.stringContaining('more than 1 MB with its files'),
      nextStep: expect.stringContaining('Remove a file'),
    });
    expect([record.mock.calls, [...stored], composed()]).toEqual([[], [], 10]);
  });

  it('S21: lets go of the bytes of a mail that could not be read or recorded', async () => {
    const unread = portsWith(1, 'parse');
    await expect(composeOutgoing(unread.ports, message, async () => queued)).rejects.toThrow('parse');
    expect(unread.stored.size).toBe(0);
    const unrecorded = portsWith(1);
    const refuse = () => Promise.reject(new Error('database is full'));
    await expect(composeOutgoing(unrecorded.ports, message, refuse)).rejects.toThrow('database is full');
    expect(unrecorded.stored.size).toBe(0);
  });

  it('S51: lets go of the bytes when the same press has made its mail before', async () => {
    const { ports, stored } = portsWith(1);
    const before = { kind: 'pressed-before' } as QueuedMail;
    expect(await composeOutgoing(ports, message, async () => before)).toBe(before);
    expect(stored.size).toBe(0);
  });

  it.each([
    ['names them', async () => true],
    ['cannot be asked', async () => Promise.reject(new Error('away'))],
  ])('S51: keeps what a row whose COMMIT was not answered may name (it %s)', async (_, usesSource) => {
    const { ports, stored } = portsWith(1);
    ports.outbox = { usesSource } as unknown as Ports['outbox'];
    const lost = () => Promise.reject(new Error('cut'));
    await expect(composeOutgoing(ports, message, lost)).rejects.toThrow('cut');
    expect(stored.size).toBe(1);
  });

  it('S51: keeps what the COMMIT of a database that says nothing may name yet', async () => {
    const { ports, stored } = portsWith(1);
    const silent = () => Promise.reject(refusal('DATABASE_BUSY'));
    await expect(composeOutgoing(ports, message, silent)).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
    expect(stored.size).toBe(1);
  });

  it('says why the record failed, not that its bytes could not be deleted', async () => {
    const { ports, warnings } = portsWith(1, 'remove');
    const refuse = () => Promise.reject(new Error('database is full'));
    await expect(composeOutgoing(ports, message, refuse)).rejects.toThrow('database is full');
    expect(warnings).toHaveLength(1);
  });
});

describe('assertMayFit', () => {
  const files = (...sizes: number[]) => ({ text: '', html: '', files: sizes.map((size) => ({ size })) });

  it('S47: refuses by sizes alone, as they are on their way', () => {
    expect(() => assertMayFit(files(), LIMIT)).not.toThrow();
    expect(() => assertMayFit(files(700_000), LIMIT)).not.toThrow();
    expect(() => assertMayFit(files(700_000, 40_000), LIMIT)).toThrow(
      expect.objectContaining({
        code: 'MESSAGE_TOO_LARGE',
        message:
          'This mail is 2 MB with its files, which grow by a third on their way; the limit here is 1 MB.',
      })
    );
    expect(() => assertMayFit({ ...files(700_000), text: 'x'.repeat(50_000) }, LIMIT)).toThrow();
  });
});
