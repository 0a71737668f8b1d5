import type { Background, Ports, StoredContent } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { createSweeper, sweepFiles } from './sweep-files';

const now = new Date('2026-03-02T10:00:00.000Z');
const content = (storageKey: string): StoredContent => ({ storageKey, sha256: `hash ${storageKey}` });

/** A storage of old content, of which the records name some. */
const scene = (batches: string[][], used: string[] = []) => {
  const removed: string[] = [];
  const told: string[] = [];
  const asked: string[][] = [];
  let looks = 0;
  const ports = {
    clock: { now: () => now, monotonicMs: () => 0 },
    logger: { info: (text: string) => told.push(text), warn: (text: string) => told.push(text) },
    attachments: {
      tidyUp: async () => 0,
      async *listSavedBefore(before: Date) {
        looks += 1;
        expect(before).toEqual(new Date('2026-03-01T10:00:00.000Z'));
        for (const batch of batches) yield batch.map(content);
      },
      removeSavedBefore: async (storageKey: string) => {
        if (storageKey === 'locked') throw refusal('STORAGE_FAILED');
        if (storageKey === 'saved again') return false;
        removed.push(storageKey);
        return true;
      },
    },
    inboxes: { list: async () => [inboxWith()] },
    files: {
      used: async (contents: readonly StoredContent[]) => {
        asked.push(contents.map(({ storageKey }) => storageKey));
        return new Set(used);
      },
    },
  } as unknown as Ports;
  return { ports, removed, told, asked, looks: () => looks };
};

const never = new AbortController().signal;

describe('sweepFiles', () => {
  it('S21, S45: deletes what no record names, and nothing else', async () => {
    const { ports, removed, told } = scene(
      [
        ['a', 'b'],
        ['c', 'saved again'],
      ],
      ['b']
    );
    expect(await sweepFiles(ports, never)).toBe(2);
    expect(removed).toEqual(['a', 'c']);
    expect(told).toEqual(['Deleted 2 files that nothing uses any more.']);
  });

  it('deletes nothing for a database in which no inbox was ever connected', async () => {
    const { ports, looks } = scene([['a']]);
    ports.inboxes.list = async () => [];
    expect(await sweepFiles(ports, never)).toBe(0);
    expect(looks()).toBe(0);
  });

  it('goes on behind a file that cannot be deleted, and names it', async () => {
    const { ports, removed, told } = scene([['locked', 'a']]);
    await sweepFiles(ports, never);
    expect(removed).toEqual(['a']);
    expect(told[0]).toContain('The file locked is used no more and could not be deleted: STORAGE_FAILED');
  });

  it('ends between two batches when it is told to', async () => {
    const stop = new AbortController();
    const { ports, asked } = scene([['a'], ['b'], ['c']]);
    ports.attachments.removeSavedBefore = async () => {
      stop.abort();
      return true;
    };
    await sweepFiles(ports, stop.signal);
    expect(asked).toEqual([['a']]);
  });
});

describe('createSweeper', () => {
  const HOUR_MS = 3_600_000;

  it('sweeps at once and every six hours, never twice at a time; one that fails is told and ends nothing', async () => {
    const { ports, told, looks } = scene([['a']]);
    let monotonicMs = 0;
    let underWay = Promise.resolve();
    ports.clock.monotonicMs = () => monotonicMs;
    const run: Background['run'] = (work) => {
      const running = work(never);
      underWay = running.then(
        () => undefined,
        () => undefined
      );
      return running;
    };
    const sweeper = createSweeper({ ...ports, background: { run } });
    const settle = async () => {
      await underWay;
      await new Promise(setImmediate);
    };
    ports.files.used = () => Promise.reject(refusal('UNEXPECTED'));
    sweeper.tick();
    sweeper.tick();
    await settle();
    expect(looks()).toBe(1);
    expect(told).toEqual([expect.stringContaining('deleted later: UNEXPECTED')]);
    monotonicMs = 6 * HOUR_MS - 1;
    sweeper.tick();
    await settle();
    expect(looks()).toBe(1);
    monotonicMs = 6 * HOUR_MS;
    sweeper.tick();
    await settle();
    expect(looks()).toBe(2);
  });
});
