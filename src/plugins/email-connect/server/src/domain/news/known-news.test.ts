import fc from 'fast-check';
import type { NewsCursor } from './cursor';
import { formatCursor, parseCursor } from './cursor';
import {
  cursorAfter,
  cursorOf,
  KEPT_MS,
  lookFrom,
  MOST_ROWS,
  newsSince,
  OVERLAP_MS,
  takeIn,
} from './known-news';
import type { KnownNews, NewsLook, NewsRow } from './known-news';

type Row = NewsRow<string>;
interface Written extends Row {
  visibleAt: number;
}

/** A table as another process would see it at `now`. */
const lookAt = (table: readonly Written[], now: number, from: number | null): NewsLook<string> => {
  const visible = table.filter(({ visibleAt }) => visibleAt <= now);
  return {
    now,
    newest: Math.max(0, ...visible.map(({ id }) => id)),
    rows: visible
      .filter(({ at }) => at > (from ?? now - KEPT_MS))
      .sort((one, other) => other.at - one.at)
      .slice(0, MOST_ROWS),
  };
};

const look = (known: KnownNews<string> | null, table: readonly Written[], now: number) =>
  takeIn(known, lookAt(table, now, known && lookFrom(known)));

const row = (id: number, at: number, visibleAt = at): Written => ({ id, at, visibleAt, item: `item ${id}` });
const start = 1_000_000_000;
/** Silence is counted in ticks of five seconds: whoever writes waits for 40 to 45. */
const SLOWEST_MS = 45_000;

const hear = (known: KnownNews<string>, cursor: NewsCursor) => ({
  ids: newsSince(known, cursor)?.map(({ id }) => id) ?? null,
  cursor: cursorAfter(known, cursor),
});

describe('what a page has not heard', () => {
  test('a row that becomes visible behind a higher id is heard, on whichever process', () => {
    const table = [row(1, start), row(2, start + 10, start + 5_000), row(3, start + 20)];
    const before = look(null, [], start - 1);
    const one = hear(look(before, table, start + 1_000), cursorOf(before));
    expect(one).toMatchObject({ ids: [1, 3], cursor: { newest: 3, missing: [[2, 2]] } });
    const elsewhere = look(null, table, start + 2_000);
    const two = hear(elsewhere, one.cursor);
    expect(two.ids).toEqual([]);
    const three = hear(look(elsewhere, table, start + 6_000), two.cursor);
    expect(three).toMatchObject({ ids: [2], cursor: { newest: 3, missing: [] } });
  });

  test('a row is heard of which its database was as slow to say that it is written as its writer waits', () => {
    const table = [row(1, start, start + SLOWEST_MS), row(2, start + 40_000)];
    let known = look(null, [], start - 1);
    let cursor = cursorOf(known);
    const heard: number[] = [];
    for (let now = start; now < start + SLOWEST_MS + 5_000; now += 1_000) {
      known = look(known, table, now);
      const told = hear(known, cursor);
      heard.push(...(told.ids ?? []));
      cursor = told.cursor;
    }
    expect(heard).toEqual([2, 1]);
  });

  test('an id that never comes is waited for no longer than rows are late', () => {
    const known = look(look(null, [], start - 1), [row(2, start)], start + 1);
    const { cursor } = hear(known, { lookedAt: start - 1, newest: 0, missing: [] });
    expect(cursor.missing).toEqual([[1, 1]]);
    expect(cursorAfter(look(known, [row(2, start)], start + OVERLAP_MS), cursor).missing).toEqual([]);
  });

  test('hours without news: the cursor stays good, also where the last row is out of sight', () => {
    const later = start + 10 * KEPT_MS;
    const table = [row(7, start)];
    const asleep = hear(look(null, table, later), cursorOf(look(null, table, later - 25_000)));
    expect(asleep).toEqual({ ids: [], cursor: { lookedAt: later, newest: 7, missing: [] } });
  });

  test.each<[string, Partial<NewsCursor>]>([
    ['of a page that slept for eleven minutes', { lookedAt: start - 11 * 60_000 }],
    ['of another database, where more had happened', { newest: 8 }],
    ['of another database, whose clock is ahead', { lookedAt: start + 1 }],
    ['with more gaps than it holds', { missing: null }],
  ])('nobody can tell with a cursor %s', (_name, change) => {
    const known = look(null, [row(7, start - 20)], start);
    const cursor: NewsCursor = { lookedAt: start - 60_000, newest: 6, missing: [] };
    expect(hear(known, cursor).ids).toEqual([7]);
    expect(hear(known, { ...cursor, ...change }).ids).toBeNull();
  });

  test('of a flood the latest are kept, and a page that was away during it is told so', () => {
    const flood = Array.from({ length: MOST_ROWS + 500 }, (_, i) => row(i + 1, start + i));
    const now = start + flood.length;
    for (const known of [look(null, flood, now), look(look(null, flood, start + 1_500), flood, now)]) {
      expect(known.rows.length).toBeLessThanOrEqual(MOST_ROWS);
      expect(known.rows.at(-1)?.id).toBe(flood.length);
      expect(newsSince(known, { lookedAt: start, newest: 0, missing: [] })).toBeNull();
    }
  });
});

describe('however rows become visible, and whichever process answers', () => {
  const second = fc.integer({ min: 0, max: 40_000 });
  const arbitrary = fc.record({
    news: fc.array(fc.record({ at: second, lateBy: fc.nat(OVERLAP_MS - 1_000), burnt: fc.nat(2) }), {
      maxLength: 30,
    }),
    polls: fc.array(fc.record({ at: fc.integer({ min: 0, max: 80_000 }), process: fc.nat(2) }), {
      minLength: 1,
      maxLength: 60,
    }),
    looks: fc.array(fc.record({ at: fc.integer({ min: 0, max: 80_000 }), process: fc.nat(2) }), {
      maxLength: 60,
    }),
  });

  test('a page hears every row once, or is told that it may have missed some', () => {
    fc.assert(
      fc.property(arbitrary, ({ news, polls, looks }) => {
        let id = 0;
        const table = [...news]
          .sort((one, other) => one.at - other.at)
          .map(({ at, lateBy, burnt }) => row((id += 1 + burnt), start + at, start + at + lateBy));
        const processes = new Map<number, KnownNews<string>>();
        const lookOf = (process: number, now: number) => {
          const known = look(processes.get(process) ?? null, table, now);
          processes.set(process, known);
          return known;
        };
        const began = start - 1;
        let cursor = formatCursor(cursorOf(lookOf(0, began)));
        const heard: number[] = [];
        let missed = 0;
        const end = { at: 200_000, process: 1 };
        const steps = [
          ...polls.map((poll) => ({ ...poll, isPoll: true })),
          ...looks.map((one) => ({ ...one, isPoll: false })),
        ].sort((one, other) => one.at - other.at);
        for (const { at, process, isPoll } of [...steps, { ...end, isPoll: true }]) {
          const known = lookOf(process, start + at);
          if (!isPoll) continue;
          const told = parseCursor(cursor);
          if (!told) throw new Error(`${cursor} cannot be read.`);
          const rows = newsSince(known, told);
          if (rows === null) missed += 1;
          else heard.push(...rows.map((each) => each.id));
          cursor = formatCursor(rows === null ? cursorOf(known) : cursorAfter(known, told));
        }
        expect(missed).toBe(0);
        expect([...heard].sort((one, other) => one - other)).toEqual(table.map((each) => each.id));
      }),
      { numRuns: 300 }
    );
  });
});
