import { finalStages } from '../../domain/outgoing/stage';
import type { Pruning } from '../../ports';
import { nowMs } from './base/instants';
import { inTransaction } from './base/transaction';
import type { Strapi } from './base/strapi';
import { tables } from './base/names';

export const createPruning = (strapi: Strapi): Pruning => {
  /** Deletes the oldest due rows, in a transaction of its own, for which nobody waits. */
  const pruned = (
    table: string,
    ageMs: number,
    column: string,
    atMost: number,
    stages: readonly string[] = []
  ): Promise<number> =>
    inTransaction(strapi, async (writer) => {
      const due = writer.table(table).whereRaw(`?? <= ${nowMs(strapi)} - ?`, [column, ageMs]);
      if (stages.length > 0) due.whereIn('stage', [...stages]);
      const rows: { id: number }[] = await due.select('id').orderBy('id').limit(atMost);
      if (rows.length === 0) return 0;
      const deleted: number = await writer
        .table(table)
        .whereIn(
          'id',
          rows.map(({ id }) => id)
        )
        .delete();
      return deleted;
    });
  return {
    prune: async (ages, atMost) =>
      (await pruned(tables.request, ages.requests, 'ended_at', atMost)) +
      (await pruned(tables.outbox, ages.outbox, 'queued_at', atMost, finalStages)) +
      (await pruned(tables.audit, ages.audit, 'at', atMost)),
  };
};
