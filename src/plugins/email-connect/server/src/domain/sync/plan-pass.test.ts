import fc from 'fast-check';
import { uid } from '../../testing/messages';
import type { FolderState, SyncCursor } from './folder';
import { planPass } from './plan-pass';
import type { PassPlan } from './plan-pass';

const cursor = (lastUid: number, uidValidity = '7'): SyncCursor => ({ uidValidity, lastUid: uid(lastUid) });
const state = (uidNext: number, uidValidity = '7', exists = 3): FolderState => ({
  uidValidity,
  uidNext,
  exists,
});

it.each<[string, SyncCursor | null, FolderState, PassPlan]>([
  ['S7: first sight reads nothing', null, state(101), { kind: 'start', cursor: cursor(100) }],
  ['first sight of an empty folder', null, state(1), { kind: 'start', cursor: cursor(0) }],
  ['a server that says 0', null, state(0), { kind: 'start', cursor: cursor(0) }],
  ['nothing new', cursor(100), state(101), { kind: 'nothing' }],
  ['nothing in an empty folder', cursor(0), state(1, '7', 0), { kind: 'nothing' }],
  ['one new message', cursor(100), state(102), { kind: 'scan', from: 101, to: 101 }],
  ['the first message of a folder', cursor(0), state(2), { kind: 'scan', from: 1, to: 1 }],
  [
    'c4: sparse and beyond 2^31',
    cursor(100),
    state(4_294_967_295),
    { kind: 'scan', from: 101, to: 4_294_967_294 },
  ],
  [
    'all that came is gone: the cursor still moves',
    cursor(100),
    state(120, '7', 0),
    { kind: 'scan', from: 101, to: 119 },
  ],
  ['c1: another UIDVALIDITY', cursor(100, '7'), state(101, '8'), { kind: 'rescan', uidValidity: '8' }],
  ['c1: a smaller UIDVALIDITY', cursor(100, '7'), state(101, '6'), { kind: 'rescan', uidValidity: '6' }],
  ['c1: the same UIDNEXT', cursor(100, '7'), state(200, '8'), { kind: 'rescan', uidValidity: '8' }],
  ['P3: a server put back from a backup', cursor(100), state(51), { kind: 'rescan', uidValidity: '7' }],
])('%s', (_, before, folder, expected) => {
  expect(planPass(before, folder)).toEqual(expected);
});

it('P1: a scan begins right after the cursor and ends with the last message', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 2), fc.integer({ min: 1, max: 2 ** 32 - 1 }), (lastUid, uidNext) => {
      const plan = planPass(cursor(lastUid), state(uidNext));
      if (plan.kind === 'scan') expect([plan.from, plan.to]).toEqual([lastUid + 1, uidNext - 1]);
      else expect(plan.kind).toBe(uidNext - 1 === lastUid ? 'nothing' : 'rescan');
    })
  );
});
