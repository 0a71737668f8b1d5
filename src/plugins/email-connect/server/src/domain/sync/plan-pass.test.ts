import fc from 'fast-check';
import { uid } from '../../testing/fakes/build-mail';
import { emptyMemory } from './folder';
import type { FolderMemory, FolderState, SyncCursor } from './folder';
import { isUnstable, planPass, withRenumbering } from './plan-pass';

const now = '2026-03-10T12:00:00.000Z';
const connectedAt = '2026-01-01T00:00:00.000Z';
const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const day = 24 * 60;

const cursor = (lastUid: number, uidValidity = '7'): SyncCursor => ({ uidValidity, lastUid: uid(lastUid) });
const state = (uidNext: number, uidValidity = '7', exists = 3): FolderState => ({
  uidValidity,
  uidNext,
  exists,
  objectId: null,
});
const memory = (change: Partial<FolderMemory> = {}): FolderMemory => ({
  ...emptyMemory,
  recentUids: '1:3',
  exists: 3,
  completeUpTo: ago(1),
  sweptAt: ago(60),
  ...change,
});

const plan = (
  before: SyncCursor | null,
  folder: FolderState,
  change: Partial<FolderMemory> = {},
  moment: { readFrom?: string; quarantinedSince?: string; connectedAt?: string | null } = {}
) =>
  planPass({ cursor: before, memory: memory(change), readFrom: moment.readFrom ?? null }, folder, {
    now,
    connectedAt: moment.connectedAt === undefined ? connectedAt : moment.connectedAt,
    quarantinedSince: moment.quarantinedSince ?? null,
  });

describe('first sight', () => {
  it('S7: reads what came since the inbox was connected, however long ago that is', () => {
    expect(plan(null, state(101))).toMatchObject({
      kind: 'read',
      fresh: null,
      net: null,
      since: connectedAt,
      isRenumbered: false,
      cursorAfter: cursor(100),
    });
  });

  it.each<[string, FolderState, SyncCursor]>([
    ['of an inbox that was never connected reads nothing', state(101), cursor(100)],
    ['of an empty folder', state(1), cursor(0)],
    ['of a server that says 0', state(0), cursor(0)],
  ])('%s', (_, folder, expected) => {
    expect(plan(null, folder, {}, { connectedAt: null })).toEqual({ kind: 'begin', cursor: expected });
  });

  it('S16: of a folder that came later reads it from then on', () => {
    expect(plan(null, state(101), {}, { readFrom: ago(30) })).toMatchObject({
      kind: 'read',
      fresh: null,
      net: null,
      since: ago(30),
      isRenumbered: false,
      cursorAfter: cursor(100),
    });
  });

  it('S7: but never from before the inbox was connected', () => {
    const moment = { readFrom: ago(30), connectedAt: ago(5) };
    expect(plan(null, state(101), {}, moment)).toMatchObject({ since: ago(5) });
  });
});

it.each<[string, SyncCursor, FolderState]>([
  ['nothing new', cursor(100), state(101)],
  ['nothing in an empty folder', cursor(0), state(1)],
])('%s: one look and no more', (_, before, folder) => {
  expect(plan(before, folder)).toEqual({ kind: 'unchanged' });
});

it.each<[string, SyncCursor, FolderState, { from: number; to: number }]>([
  ['one new message', cursor(100), state(102), { from: 101, to: 101 }],
  ['the first message of a folder', cursor(0), state(2), { from: 1, to: 1 }],
  ['c4: sparse and beyond 2^31', cursor(100), state(4_294_967_295), { from: 101, to: 4_294_967_294 }],
  ['all that came is gone: the cursor still moves', cursor(100), state(120, '7', 0), { from: 101, to: 119 }],
])('%s', (_, before, folder, fresh) => {
  expect(plan(before, folder)).toMatchObject({
    kind: 'read',
    fresh,
    since: null,
    isRenumbered: false,
    cursorAfter: cursor(folder.uidNext - 1),
  });
});

describe('late UIDs', () => {
  it('P1: the net is cast when something came, and when the count of messages alone changed', () => {
    const net = { from: 801, to: 1_000 };
    expect(plan(cursor(1_000), state(1_002))).toMatchObject({ fresh: { from: 1_001, to: 1_001 }, net });
    expect(plan(cursor(1_000), state(1_001, '7', 4))).toMatchObject({ fresh: null, net, since: null });
  });

  it('P1: once a day the last three are read again, whatever the numbers say', () => {
    expect(plan(cursor(100), state(101), { sweptAt: ago(day - 1) })).toEqual({ kind: 'unchanged' });
    expect(plan(cursor(100), state(101), { sweptAt: ago(day) })).toMatchObject({
      kind: 'read',
      since: ago(3 * day + 1),
      isSweep: true,
    });
    expect(plan(cursor(100), state(101), { sweptAt: null })).toMatchObject({ isSweep: true });
  });

  it('P1: after a long outage, the last three days before it', () => {
    const outage = { sweptAt: ago(9 * day), completeUpTo: ago(8 * day) };
    expect(plan(cursor(100), state(105), outage)).toMatchObject({ since: ago(11 * day), isSweep: true });
  });

  it('c46: what became ours later is looked for from then on', () => {
    expect(plan(cursor(100), state(101), { lookBackTo: ago(600) })).toMatchObject({
      kind: 'read',
      since: ago(600),
      isSweep: false,
    });
    const both = { lookBackTo: ago(600), sweptAt: null };
    expect(plan(cursor(100), state(101), both)).toMatchObject({ since: ago(3 * day + 1) });
  });
});

describe('renumbered', () => {
  it.each<[string, SyncCursor, FolderState]>([
    ['c1: another UIDVALIDITY', cursor(100, '7'), state(101, '8')],
    ['c1: a smaller UIDVALIDITY', cursor(100, '7'), state(101, '6')],
    ['c1: the same UIDNEXT', cursor(100, '7'), state(200, '8')],
    ['P3: a server put back from a backup', cursor(100), state(51)],
  ])('%s: three days before the last whole pass are read again', (_, before, folder) => {
    expect(plan(before, folder, { completeUpTo: ago(90) })).toMatchObject({
      kind: 'read',
      fresh: null,
      since: ago(90 + 3 * day),
      isRenumbered: true,
      cursorAfter: { uidValidity: folder.uidValidity, lastUid: folder.uidNext - 1 },
    });
  });

  it('P1: and three days before the oldest in quarantine, whose UID means nothing now', () => {
    const moment = { quarantinedSince: ago(20 * day) };
    expect(plan(cursor(100), state(5, '8'), {}, moment)).toMatchObject({ since: ago(23 * day) });
  });

  it.each<[string, SyncCursor, FolderState]>([
    ['that is numbered anew once more', cursor(100), state(5, '8')],
    ['of a server without UIDVALIDITY', cursor(100, ''), state(101, '')],
  ])('P1: after a window that broke off a folder %s is read from its beginning on', (_, before, folder) => {
    expect(plan(before, folder, { completeUpTo: null })).toMatchObject({ since: connectedAt });
    const late = { readFrom: ago(20 * day) };
    expect(plan(before, folder, { completeUpTo: null }, late)).toMatchObject({ since: ago(23 * day) });
  });

  it.each<[string, SyncCursor, FolderState]>([
    ['of a folder that is numbered anew', cursor(100), state(5, '8')],
    ['of a server without UIDVALIDITY', cursor(100, ''), state(101, '')],
  ])('c46: what became ours later is looked for in the window %s as well', (_, before, folder) => {
    const asked = { lookBackTo: ago(20 * day) };
    expect(plan(before, folder, asked)).toMatchObject({ since: ago(20 * day) });
  });

  it('S7: but nothing from before the inbox was connected', () => {
    expect(plan(cursor(100), state(5, '8'), {}, { connectedAt: ago(10) })).toMatchObject({ since: ago(10) });
  });

  it('c2: five times within an hour end the trust in its UIDs: each pass reads three days', () => {
    let renumberedAt: string[] = [];
    for (const minutes of [59, 40, 30, 20]) renumberedAt = withRenumbering(renumberedAt, ago(minutes));
    expect(isUnstable(renumberedAt, state(101), now)).toBe(false);
    renumberedAt = withRenumbering(renumberedAt, ago(10));
    expect(isUnstable(renumberedAt, state(101), now)).toBe(true);
    expect(plan(cursor(100), state(101), { renumberedAt })).toMatchObject({
      since: ago(3 * day + 1),
      fresh: null,
    });
  });

  it('c2: trust comes back after a quiet hour', () => {
    const renumberedAt = [100, 95, 90, 85, 61].map(ago);
    expect(plan(cursor(100), state(101), { renumberedAt })).toEqual({ kind: 'unchanged' });
    expect(withRenumbering(renumberedAt, now)).toEqual([now]);
  });

  it('a.4-2: a server without UIDVALIDITY is read by time at every pass', () => {
    const planned = plan(cursor(100, ''), state(101, ''), { completeUpTo: ago(day) });
    expect(planned).toMatchObject({ since: ago(4 * day), isRenumbered: false });
  });
});

it('P1: what is new begins right after the cursor and ends with the last message', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 2), fc.integer({ min: 1, max: 2 ** 32 - 1 }), (lastUid, uidNext) => {
      const planned = plan(cursor(lastUid), state(uidNext));
      if (planned.kind === 'unchanged') expect(uidNext - 1).toBe(lastUid);
      else if (planned.kind === 'read' && planned.isRenumbered) expect(uidNext - 1).toBeLessThan(lastUid);
      else expect(planned).toMatchObject({ fresh: { from: lastUid + 1, to: uidNext - 1 } });
    })
  );
});
