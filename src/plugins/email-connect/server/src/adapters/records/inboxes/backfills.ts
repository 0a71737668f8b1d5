import type { Backfill } from '../../../domain/sync/backfill';
import type { BackfillRecords } from '../../../ports';
import { instantOf, isoOf } from '../base/instants';
import { deleteRows, findRow, insertRows, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { readBackfillState } from '../base/enumerations';
import { uids } from '../base/names';
import { storableJson } from '../base/storable';
import { leaseLost, passFence } from './leases';

interface BackfillRow {
  since: string;
  state: string;
  startedAt: string;
  endedAt: string | null;
  total: number;
  scanned: number;
  logged: number;
  day: string;
  bytesToday: string;
  dailyBytes: string;
  folders: Backfill['folders'];
}

/** Not at its end. */
const OPEN: readonly string[] = ['running', 'paused'] satisfies Backfill['state'][];

export const createBackfillRecords = (strapi: Strapi): BackfillRecords => ({
  load: async (inboxDocumentId) => {
    const row = await findRow<BackfillRow>(strapi, uids.backfill, { where: { inboxDocumentId } });
    return row && toBackfill(row);
  },

  begin: (inboxDocumentId, backfill) =>
    inTransaction(strapi, async () => {
      const earlier = await findRow<BackfillRow>(strapi, uids.backfill, { where: { inboxDocumentId } });
      if (earlier && OPEN.includes(earlier.state)) return false;
      // Only one that is over: MariaDB would delete one that another person began since it was looked for.
      await deleteRows(strapi, uids.backfill, { inboxDocumentId, state: { $notIn: [...OPEN] } });
      await insertRows(strapi, uids.backfill, [{ inboxDocumentId, ...columnsOf(backfill) }]);
      return true;
    }),

  setState: async (inboxDocumentId, state, at) => {
    const where = { inboxDocumentId, state: { $in: [...OPEN] } };
    const isOver = state === 'done' || state === 'cancelled';
    await updateRows(strapi, uids.backfill, where, { state, endedAt: isOver ? at.getTime() : null });
  },

  recordProgress: (fence, backfill) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      // Not into a backfill that was begun in its place meanwhile.
      const where = {
        inboxDocumentId: fence.inboxDocumentId,
        startedAt: instantOf(backfill.startedAt),
        since: instantOf(backfill.since),
      };
      const { state, endedAt, ...progress } = columnsOf(backfill);
      await updateRows(strapi, uids.backfill, { ...where, state: 'running' }, { state, endedAt });
      await updateRows(strapi, uids.backfill, where, progress);
    }),
});

const columnsOf = (backfill: Backfill) => ({
  since: instantOf(backfill.since),
  state: backfill.state,
  startedAt: instantOf(backfill.startedAt),
  endedAt: instantOf(backfill.endedAt),
  total: backfill.total,
  scanned: backfill.scanned,
  logged: backfill.logged,
  day: backfill.day,
  bytesToday: backfill.bytesToday,
  dailyBytes: backfill.dailyBytes,
  folders: storableJson(backfill.folders),
});

const toBackfill = (row: BackfillRow): Backfill => ({
  since: new Date(Number(row.since)).toISOString(),
  state: readBackfillState(row.state),
  startedAt: new Date(Number(row.startedAt)).toISOString(),
  endedAt: isoOf(row.endedAt),
  total: row.total,
  scanned: row.scanned,
  logged: row.logged,
  day: row.day,
  bytesToday: Number(row.bytesToday),
  dailyBytes: Number(row.dailyBytes),
  folders: row.folders,
});
