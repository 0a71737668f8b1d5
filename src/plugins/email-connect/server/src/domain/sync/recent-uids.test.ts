import { uid } from '../../testing/fakes/build-mail';
import { lateUids, rememberUids } from './recent-uids';
import { unpackUids } from './uid-set';

it('P1: whoever is listed below the cursor and not remembered came late', () => {
  expect(lateUids([1, 2, 3, 4, 9].map(uid), '1:2,4')).toEqual([3, 9]);
  expect(lateUids([], '1:2')).toEqual([]);
});

it('P1: one that is gone for a moment is late when it is back', () => {
  expect(rememberUids('1:3', [uid(4)], [uid(2)])).toBe('1,3:4');
});

it('remembers the highest thousand, packed', () => {
  expect(rememberUids('', [3, 1, 2, 7].map(uid))).toBe('1:3,7');
  expect(rememberUids('1:3,7', [5, 7].map(uid))).toBe('1:3,5,7');
  const many = rememberUids(
    '1:600',
    Array.from({ length: 900 }, (_, i) => uid(i + 601))
  );
  expect(many).toBe('501:1500');
  expect(unpackUids(many)).toHaveLength(1_000);
});
