import type { NewsItem } from '../../../../shared/contracts/news';
import { createClock } from '../time';
import { createEventQueue } from './event-queue';

const item = (inboxDocumentId: string): NewsItem => ({
  kind: 'message.received',
  inboxDocumentId,
  threadDocumentId: 'T',
  messageDocumentId: null,
  contacts: [],
});

const queueWith = (emit: (item: NewsItem) => Promise<void>) => {
  const told: string[] = [];
  const warnings: string[] = [];
  const queue = createEventQueue(
    (each) => {
      told.push(each.inboxDocumentId);
      return emit(each);
    },
    { clock: createClock(async () => Date.now()), logger: { warn: (line) => warnings.push(line) } }
  );
  return { queue, told, warnings };
};

const never = () => new Promise<void>(() => undefined);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('events behind a queue', () => {
  test('one after another, in their order, however long a listener takes', async () => {
    const { queue, told, warnings } = queueWith(
      (each) => new Promise((resolve) => setTimeout(resolve, each.inboxDocumentId === 'I1' ? 20_000 : 0))
    );
    ['I1', 'I2', 'I3'].forEach((id) => queue.add(item(id)));
    await pass(19_000);
    expect(told).toEqual(['I1']);
    await pass(2_000);
    expect(told).toEqual(['I1', 'I2', 'I3']);
    expect(warnings).toEqual([]);
  });

  test('S47: a listener that hangs is left behind, with a line in the log', async () => {
    const { queue, told, warnings } = queueWith((each) =>
      each.inboxDocumentId === 'I1' ? never() : Promise.resolve()
    );
    queue.add(item('I1'));
    queue.add(item('I2'));
    await pass(31_000);
    expect(told).toEqual(['I1', 'I2']);
    expect(warnings).toEqual([
      expect.stringMatching(/email-connect\.message\.received takes longer than 30 s/),
    ]);
  });

  test('one that fails is named in the log, and the next are told', async () => {
    const { queue, told, warnings } = queueWith(async () => {
      throw new Error('webhook down');
    });
    queue.add(item('I1'));
    await pass(0);
    queue.add(item('I2'));
    await pass(0);
    expect(told).toEqual(['I1', 'I2']);
    expect(warnings[0]).toContain('email-connect.message.received failed: Error: webhook down');
  });

  test('a thousand wait; what is dropped beyond is said once, and how many it were', async () => {
    let go = (): void => undefined;
    const { queue, told, warnings } = queueWith(
      () => new Promise((resolve) => (told.length === 1 ? (go = resolve) : resolve()))
    );
    for (let n = 0; n <= 1_010; n += 1) queue.add(item(`I${n}`));
    expect(warnings).toHaveLength(1);
    go();
    await pass(0);
    expect(told).toHaveLength(1_001);
    expect(warnings).toEqual([
      expect.stringContaining('1000 events wait'),
      expect.stringContaining('10 events'),
    ]);
  });

  test('at the end it is waited for, but not for ever', async () => {
    const quick = queueWith(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
    quick.queue.add(item('I1'));
    quick.queue.add(item('I2'));
    const drained = quick.queue.drain(5_000);
    await pass(2_000);
    await drained;
    expect(quick.told).toEqual(['I1', 'I2']);

    const slow = queueWith(never);
    slow.queue.add(item('I1'));
    slow.queue.add(item('I2'));
    const given = slow.queue.drain(5_000);
    await pass(5_000);
    await given;
    expect(jest.getTimerCount()).toBe(0);
    await pass(60_000);
    expect(slow.told).toEqual(['I1']);
    expect(slow.warnings).toEqual([expect.stringContaining('1 events were not told')]);
  });
});
