import fc from 'fast-check';
import { formatCursor, isMissing, parseCursor, withoutIds } from './cursor';
import type { IdRange } from './cursor';

const range = fc
  .tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat(50))
  .map(([first, more]): IdRange => [first, first + more]);

describe('the cursor of a page', () => {
  test('reads as it was written, and fits into a query', () => {
    fc.assert(
      fc.property(
        fc.nat(4e12),
        fc.nat(2 ** 40),
        fc.option(fc.array(range, { maxLength: 40 })),
        (lookedAt, newest, missing) => {
          const cursor = { lookedAt, newest, missing };
          const written = formatCursor(cursor);
          expect(parseCursor(written)).toEqual(cursor);
          expect(written.length).toBeLessThan(1024);
          expect(written).toBe(encodeURIComponent(written).replace('%2A', '*'));
        }
      )
    );
  });

  test.each([
    '',
    'x',
    '..',
    '1.2',
    '1.2.!',
    '-1.2.',
    'process-of-an-earlier-version.9',
    `1.2.${'1_'.repeat(90)}1`,
  ])('%p is none', (written) => expect(parseCursor(written)).toBeNull());

  test('what is missing: the ranges less what came and what is settled', () => {
    const left = withoutIds(
      [
        [3, 9],
        [12, 12],
      ],
      3,
      [2, 5, 6, 9, 12]
    );
    expect(left).toEqual([
      [4, 4],
      [7, 8],
    ]);
    const cursor = { lookedAt: 0, newest: 12, missing: left };
    expect([4, 5, 7, 8, 9].filter((id) => isMissing(cursor, id))).toEqual([4, 7, 8]);
  });

  test('more gaps than a cursor holds are said to be so', () => {
    const even = Array.from({ length: 50 }, (_, i) => 2 * (i + 1));
    expect(withoutIds([[1, 101]], 0, even)).toBeNull();
    expect(withoutIds([[1, 101]], 40, even)).toHaveLength(31);
  });
});
