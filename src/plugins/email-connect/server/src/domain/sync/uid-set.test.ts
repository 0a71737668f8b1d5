import fc from 'fast-check';
import { uid } from '../../testing/fakes/build-mail';
import { chunkUids, packUids } from './uid-set';

const uids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }).map(uid), { maxLength: 60 });

const unpack = (set: string): number[] =>
  set === ''
    ? []
    : set.split(',').flatMap((range) => {
        const [first = 0, last = first] = range.split(':').map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      });

describe('packUids', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[7], '7'],
    [[1, 2], '1:2'],
    [[1, 2, 3, 4, 7], '1:4,7'],
    [[9, 7, 8, 1], '1,7:9'],
    [[5, 5, 6], '5:6'],
    [[10, 9, 100], '9:10,100'],
    [[4_294_967_294, 4_294_967_295], '4294967294:4294967295'],
  ])('%j becomes %j', (numbers, expected) => {
    expect(packUids(numbers.map(uid))).toBe(expected);
  });

  it('loses and invents nothing, and ascends', () => {
    fc.assert(
      fc.property(uids, (some) => {
        expect(unpack(packUids(some))).toEqual([...some].sort((a, b) => a - b));
      })
    );
  });

  it('is as short as ranges can be', () => {
    expect(packUids(Array.from({ length: 100_000 }, (_, i) => uid(i + 1)))).toBe('1:100000');
  });
});

describe('chunkUids', () => {
  it('cuts ascending chunks, each UID once', () => {
    expect([...chunkUids([3, 1, 2, 5, 4, 5].map(uid), 2)]).toEqual([[1, 2], [3, 4], [5]]);
    expect([...chunkUids([], 2)]).toEqual([]);
  });

  it('keeps every UID, and no chunk is larger than asked', () => {
    fc.assert(
      fc.property(uids, fc.integer({ min: 1, max: 70 }), (some, size) => {
        const chunks = [...chunkUids(some, size)];
        expect(chunks.flat()).toEqual([...some].sort((a, b) => a - b));
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
        expect(chunks.every((chunk) => chunk.length >= 1 && chunk.length <= size)).toBe(true);
      })
    );
  });

  it.each([0, -1, 1.5, NaN])('refuses a size of %p, which would never end', (size) => {
    expect(() => chunkUids([uid(1)], size)).toThrow('at least one');
  });
});
