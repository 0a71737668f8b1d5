import { isOver, percentOf } from './backfill-progress';

describe('S7: progress of a backfill', () => {
  it.each([
    ['running', 0, 0, 0],
    ['running', 1, 3, 33],
    ['paused', 3, 3, 99],
    ['done', 0, 0, 100],
    ['cancelled', 1, 2, 50],
  ] as const)('%s, %i of %i: %i %%', (state, scanned, total, percent) => {
    expect(percentOf({ state, scanned, total })).toBe(percent);
  });

  it('leaves room for another one only when it is over', () => {
    expect(isOver(null)).toBe(true);
    expect(isOver({ state: 'cancelled' })).toBe(true);
    expect(isOver({ state: 'paused' })).toBe(false);
  });
});
