import type { NewsItem } from '../../../../shared/contracts/news';
import { createClock } from '../time';
import { createNewsWriter } from './news-writer';

const item = (inboxDocumentId: string): NewsItem => ({
  kind: 'inbox.changed',
  inboxDocumentId,
  threadDocumentId: null,
  messageDocumentId: null,
  contacts: [],
});

const writerWith = (write: (ids: (string | null)[]) => Promise<void>) => {
  const statements: (string | null)[][] = [];
  const warnings: string[] = [];
  let written = 0;
  const writer = createNewsWriter(
    async (items) => {
      const ids = items.map((each) => each?.inboxDocumentId ?? null);
      await write(ids);
      statements.push(ids);
    },
    () => (written += 1),
    { clock: createClock(async () => Date.now()), logger: { warn: (line) => warnings.push(line) } }
  );
  return { writer, statements, warnings, written: () => written };
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('what writes news', () => {
  test('the first at once, and what comes meanwhile together', async () => {
    const { writer, statements, written } = writerWith(
      () => new Promise((resolve) => setTimeout(resolve, 5))
    );
    ['I1', 'I2', 'I3'].forEach((id) => writer.add(item(id)));
    await pass(20);
    expect(statements).toEqual([['I1'], ['I2', 'I3']]);
    expect(written()).toBe(2);
  });

  test('a database that is away: nobody waits for it, and nothing is lost when it is back', async () => {
    let isAway = true;
    const { writer, statements, warnings } = writerWith(async () => {
      if (isAway) throw new Error('away');
    });
    writer.add(item('I1'));
    await pass(3_000);
    writer.add(item('I2'));
    isAway = false;
    await pass(1_000);
    expect(statements).toEqual([['I1', 'I2']]);
    expect(warnings).toHaveLength(1);
  });

  test('of more than a thousand that wait only that there were some', async () => {
    let isAway = true;
    const { writer, statements } = writerWith(async () => {
      if (isAway) throw new Error('away');
    });
    for (let n = 0; n < 1_005; n += 1) writer.add(item(`I${n}`));
    isAway = false;
    await pass(2_000);
    expect(statements.flat()).toContain(null);
    expect(statements.flat().length).toBeLessThan(10);
  });

  test('at the end it is waited for, but not for ever', async () => {
    const { writer, statements } = writerWith(async () => {
      throw new Error('away');
    });
    writer.add(item('I1'));
    const drained = writer.drain(5_000);
    await pass(5_000);
    await drained;
    await pass(60_000);
    expect(statements).toEqual([]);
  });
});
