import fc from 'fast-check';
import type { ImapUid } from '../../domain/message/message';
import { packUids } from '../../domain/sync/uid-set';
import { expandUids } from './expand-uids';

describe('expandUids', () => {
  it.each<[string, string, number[] | null]>([
    ['none', '', []],
    ['one', '7', [7]],
    ['ranges', '1:3,7,9:10', [1, 2, 3, 7, 9, 10]],
    ['c4: the highest UID there is', '4294967294:4294967295', [4_294_967_294, 4_294_967_295]],
    ['descending and repeated, as no server should', '9:7,3,3,8', [3, 7, 8, 9]],
    ['what is no UID is left out', '0,x,*,1:*,-3,2.5,4294967296,5', [5]],
    ['c29: a set of 12 bytes that would fill the memory', '1:4294967295', null],
    ['c29: the same in pieces', '1:9000000,9000001:17000000', null],
  ])('%s', (_what, set, expected) => {
    expect(expandUids(set)).toEqual(expected);
  });

  it('undoes packUids', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 80 }), (numbers) => {
        const uids = [...numbers].sort((a, b) => a - b) as ImapUid[];
        expect(expandUids(packUids(uids))).toEqual(uids);
      })
    );
  });
});
