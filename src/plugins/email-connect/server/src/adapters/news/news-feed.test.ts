import type { NewsItem } from '../../../../shared/contracts/news';
import { KEPT_MS } from '../../domain/news/known-news';
import type { NewsRow } from '../../domain/news/known-news';
import { createClock } from '../time';
import { createNewsFeed } from './news-feed';

const WAIT_MS = 25_000;

const item = (inboxDocumentId: string): NewsItem => ({
  kind: 'message.received',
  inboxDocumentId,
  threadDocumentId: 'T',
  messageDocumentId: null,
  contacts: [],
});

/** The table of all processes, and how often it is asked. */
const makeTable = () => {
  let rows: NewsRow<NewsItem>[] = [];
  const table = { looks: 0, isAway: false, pruned: 0, clear: () => (rows = []) };
  const asked = () => {
    if (table.isAway) throw new Error('The database is away.');
  };
  const newest = () => rows.at(-1)?.id ?? 0;
  return Object.assign(table, {
    look: async (from: number | null) => {
      asked();
      table.looks += 1;
      const now = Date.now();
      return { now, newest: newest(), rows: rows.filter(({ at }) => at > (from ?? now - KEPT_MS)) };
    },
    add: async (items: readonly (NewsItem | null)[]) => {
      asked();
      for (const each of items) rows.push({ id: newest() + 1, at: Date.now(), item: each });
    },
    prune: async () => {
      table.pruned += 1;
      return false;
    },
  });
};

const process = (table: ReturnType<typeof makeTable>) => {
  const emitted: NewsItem[] = [];
  const quiet = () => undefined;
  const feed = createNewsFeed({
    table,
    emit: async (each) => void emitted.push(each),
    clock: createClock(async () => Date.now()),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  return { ...feed, emitted };
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** What a call is answered with, and after how long. */
const timed = async <Answer>(call: Promise<Answer>, mostMs = WAIT_MS + 5_000) => {
  const began = Date.now();
  const answered = call.then((answer) => ({ answer, afterMs: Date.now() - began }));
  void pass(mostMs);
  return answered;
};

const present = async ({ after }: ReturnType<typeof process>): Promise<string> =>
  (await timed(after('', WAIT_MS), 1_000)).answer.cursor;

describe('news of all processes', () => {
  test('a page that waits hears of what its own process tells at once', async () => {
    const one = process(makeTable());
    const waiting = one.after(await present(one), WAIT_MS);
    await pass(3_000);
    await one.announce(item('I1'));
    await pass(150);
    expect(await waiting).toMatchObject({ items: [item('I1')], mayHaveMissed: false });
  });

  test('and of what another one tells, within a second', async () => {
    const table = makeTable();
    const [one, other] = [process(table), process(table)];
    const waiting = one.after(await present(one), WAIT_MS);
    await pass(3_000);
    await other.announce(item('I1'));
    await pass(1_000);
    expect(await waiting).toMatchObject({ items: [item('I1')], mayHaveMissed: false });
  });

  test('a cursor is good at every process: all since, each once, then quiet', async () => {
    const table = makeTable();
    const [one, other] = [process(table), process(table)];
    const cursor = await present(one);
    await one.announce(item('I1'));
    await other.announce(item('I2'));
    await pass(0);
    const heard = await timed(other.after(cursor, WAIT_MS));
    expect(heard.answer.items).toEqual([item('I1'), item('I2')]);
    const quiet = await timed(one.after(heard.answer.cursor, WAIT_MS));
    expect(quiet.answer).toMatchObject({ items: [], mayHaveMissed: false });
    expect(quiet.afterMs).toBeGreaterThanOrEqual(WAIT_MS);
  });

  test.each(['earlier-process.9', 'zzzzzzzz.1.', '1.1.', '0.zzz.'])(
    'a cursor that says nothing here (%s) waits as any other, and is told that news may be missing',
    async (cursor) => {
      const one = process(makeTable());
      await one.announce(item('I0'));
      await pass(0);
      const quiet = await timed(one.after(cursor, WAIT_MS));
      expect(quiet.answer).toMatchObject({ items: [], mayHaveMissed: true });
      expect(quiet.afterMs).toBeGreaterThanOrEqual(WAIT_MS);
      const waiting = one.after(cursor, WAIT_MS);
      await pass(2_000);
      await one.announce(item('I1'));
      await pass(150);
      expect(await waiting).toMatchObject({ items: [item('I1')], mayHaveMissed: true });
      expect(await timed(one.after(quiet.answer.cursor, WAIT_MS))).toMatchObject({
        answer: { items: [item('I1')], mayHaveMissed: false },
        afterMs: 0,
      });
    }
  );

  test('a page that slept for eleven minutes is told so, one that slept for nine hears all', async () => {
    const one = process(makeTable());
    const cursor = await present(one);
    await one.announce(item('I1'));
    await pass(9 * 60_000);
    expect((await timed(one.after(cursor, WAIT_MS))).answer).toMatchObject({
      items: [item('I1')],
      mayHaveMissed: false,
    });
    await pass(2 * 60_000);
    expect((await timed(one.after(cursor, WAIT_MS))).answer).toMatchObject({
      items: [],
      mayHaveMissed: true,
    });
  });

  test('twenty pages cost one look a second, and nobody looks when none is open', async () => {
    const table = makeTable();
    const one = process(table);
    const cursor = await present(one);
    table.looks = 0;
    const pages = Array.from({ length: 20 }, () => one.after(cursor, WAIT_MS));
    await pass(WAIT_MS);
    await Promise.all(pages);
    expect(table.looks).toBeLessThanOrEqual(WAIT_MS / 1_000 + 1);
    await pass(2_000);
    table.looks = 0;
    await one.announce(item('I1'));
    await pass(60_000);
    expect(table.looks).toBe(0);
  });

  test('a database that is away keeps no page from hearing what it held, and makes no new one wait', async () => {
    const table = makeTable();
    const [one, other] = [process(table), process(table)];
    const waiting = one.after(await present(one), WAIT_MS);
    await pass(1_500);
    table.isAway = true;
    await other.announce(item('I1'));
    await pass(5_000);
    const refused = expect(other.after('', WAIT_MS)).rejects.toThrow('away');
    await pass(1_000);
    await refused;
    table.isAway = false;
    await pass(2_500);
    expect((await waiting).items).toEqual([item('I1')]);
  });

  test('where news were lost, whoever waits loads anew', async () => {
    const table = makeTable();
    const one = process(table);
    const waiting = one.after(await present(one), WAIT_MS);
    await table.add([null]);
    await pass(1_000);
    const { cursor, ...told } = await waiting;
    expect(told).toEqual({ items: [], mayHaveMissed: true });
    expect(await timed(one.after(cursor, WAIT_MS))).toMatchObject({ answer: { mayHaveMissed: false } });
  });

  test('another database behind the same address: told once, then as ever', async () => {
    const table = makeTable();
    const one = process(table);
    for (const id of ['I1', 'I2', 'I3']) await one.announce(item(id));
    await pass(0);
    const cursor = await present(one);
    table.clear();
    const restored = process(table);
    const told = await timed(restored.after(cursor, WAIT_MS));
    expect(told.answer.mayHaveMissed).toBe(true);
    expect((await timed(restored.after(told.answer.cursor, WAIT_MS))).answer.mayHaveMissed).toBe(false);
  });

  test('whoever looks or writes prunes, about once a minute', async () => {
    const table = makeTable();
    const one = process(table);
    const cursor = await present(one);
    for (let n = 0; n < 12; n += 1) await timed(one.after(cursor, WAIT_MS), WAIT_MS);
    expect(table.pruned).toBeGreaterThanOrEqual(4);
    expect(table.pruned).toBeLessThanOrEqual(6);
  });

  test('S31: listeners are told ids, and nothing else', async () => {
    const one = process(makeTable());
    await one.announce(item('I1'));
    await pass(0);
    expect(one.emitted).toEqual([item('I1')]);
  });
});
