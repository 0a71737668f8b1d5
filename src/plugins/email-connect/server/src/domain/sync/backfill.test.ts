import { uid } from '../../testing/fakes/build-mail';
import { doneAfter, nextChunk, onDay, withPlace } from './backfill';
import type { Backfill, BackfillPlace } from './backfill';

const place = (doneFromUid: number): BackfillPlace => ({
  folderPath: 'INBOX',
  uidValidity: '7',
  doneFromUid,
});
const backfill: Backfill = {
  since: '2026-01-01T00:00:00.000Z',
  state: 'running',
  startedAt: '2026-03-01T00:00:00.000Z',
  endedAt: null,
  total: 5,
  scanned: 2,
  logged: 1,
  day: '2026-03-01',
  bytesToday: 900,
  dailyBytes: 1_000,
  folders: [place(9)],
};

it('goes from the newest to the oldest, a chunk at a time, to its end', () => {
  const window = [1, 3, 5, 7, 8].map(uid);
  let at = place(9);
  const chunks: number[][] = [];
  while (at.doneFromUid > 0) {
    const chunk = nextChunk(window, at, 2);
    chunks.push(chunk);
    at = doneAfter(at, chunk);
  }
  expect(chunks).toEqual([[7, 8], [3, 5], [1], []]);
});

it('a new day begins with nothing read', () => {
  expect(onDay(backfill, '2026-03-01')).toBe(backfill);
  expect(onDay(backfill, '2026-03-02')).toMatchObject({ day: '2026-03-02', bytesToday: 0 });
});

it('keeps one place a folder', () => {
  expect(withPlace(backfill, place(4)).folders).toEqual([place(4)]);
  const other = { ...place(2), folderPath: 'Sent' };
  expect(withPlace(backfill, other).folders).toEqual([place(9), other]);
});
