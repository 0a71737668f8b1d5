import { finalStages } from '../../domain/outgoing/stage';
import type { Pruning } from '../../ports';
import { nowMs } from './base/instants';
import { inTransaction } from './base/transaction';
import type { Query, Strapi } from './base/strapi';
import { tables } from './base/names';

export const createPruning = (strapi: Strapi): Pruning => {
  /** Deletes the oldest due rows, in a transaction of its own, for which nobody waits. */
  const pruned = (table: string, atMost: number, due: (rows: Query) => unknown): Promise<number> =>
    inTransaction(strapi, async (writer) => {
      const found = writer.table(table);
      due(found);
      const rows: { id: number }[] = await found.select('id').orderBy('id').limit(atMost);
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
  const olderThan = (column: string, ageMs: number) => (rows: Query) =>
    rows.whereRaw(`?? <= ${nowMs(strapi)} - ?`, [column, ageMs]);
  const ofNoRule = (rows: Query) =>
    rows.whereNotIn('rule_document_id', strapi.db.getConnection(tables.loggingRule).select('document_id'));
  return {
    prune: async (ages, atMost) =>
      (await pruned(tables.request, atMost, olderThan('ended_at', ages.requests))) +
      (await pruned(tables.outbox, atMost, (rows) =>
        olderThan('queued_at', ages.outbox)(rows).whereIn('stage', finalStages)
      )) +
      (await pruned(tables.audit, atMost, olderThan('at', ages.audit))) +
      (await pruned(tables.ruleMatch, atMost, ofNoRule)),
  };
};
