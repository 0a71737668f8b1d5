import fc from 'fast-check';
import { uid } from '../../testing/messages';
import { cursorAfter } from './accounted';

describe('P1: the cursor passes no UID that is not accounted for', () => {
  it.each<[string, number[], number[], number, number]>([
    ['all accounted for', [11, 12, 13], [11, 12, 13], 10, 13],
    ['the last is missing', [11, 12, 13], [11, 12], 10, 12],
    ['one in the middle is missing', [11, 12, 13], [11, 13], 10, 11],
    ['the first is missing', [11, 12, 13], [12, 13], 10, 10],
    ['none', [11, 12], [], 10, 10],
    ['gaps in the UIDs are no gaps in the account', [20, 50, 90], [20, 50, 90], 10, 90],
    ['in any order', [13, 11, 12], [12, 11], 10, 12],
    ['what lies behind the cursor does not hold it', [5, 11], [11], 10, 11],
    ['never back', [3, 4], [3, 4], 10, 10],
    ['an empty chunk', [], [], 10, 10],
  ])('%s', (_, chunk, accounted, before, expected) => {
    expect(
      cursorAfter({ chunk: chunk.map(uid), accounted: new Set(accounted.map(uid)), before: uid(before) })
    ).toBe(expected);
  });

  it('holds for any chunk', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }).map(uid));
    fc.assert(
      fc.property(uids, uids, fc.nat(60), (chunk, accounted, lastUid) => {
        const before = uid(lastUid);
        const after = cursorAfter({ chunk, accounted: new Set(accounted), before });
        const passed = chunk.filter((one) => one > before && one <= after);
        const missed = chunk.filter((one) => one > after).sort((a, b) => a - b)[0];
        expect(after).toBeGreaterThanOrEqual(before);
        expect(passed.every((one) => accounted.includes(one))).toBe(true);
        if (missed !== undefined) expect(accounted).not.toContain(missed);
      })
    );
  });
});
