import type { OutgoingStage } from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import type { OutboxEntry } from '../../../src/plugins/email-connect/server/src/ports';
import { nowMs } from '../../../src/plugins/email-connect/server/src/adapters/records/base/instants';
import type { StartedRecords } from './harness';

/** Rows of the outbox from outside, as another process or the time that passes would leave them. */
export const outboxOf = (ec: StartedRecords) => {
  const table = () => ec.strapi.db.getConnection('email_connect_outbox');
  return {
    move: async ({ outboxId }: OutboxEntry, columns: Record<string, unknown>): Promise<void> => {
      await table().where({ id: outboxId }).update(columns);
    },
    rowOf: async ({ outboxId }: OutboxEntry): Promise<Record<string, unknown>> =>
      table().where({ id: outboxId }).first(),
    /** How far `column` is ahead of the database's clock, in ms. */
    aheadMs: async ({ outboxId }: OutboxEntry, column: string): Promise<number> => {
      const row: { ahead: unknown } = await table()
        .where({ id: outboxId })
        .first(ec.strapi.db.connection.raw(`${column} - ${nowMs(ec.strapi)} as ahead`));
      return Number(row.ahead);
    },
    /** As if Send had been pressed `ms` ago, by the database's clock. */
    queuedAgo: async ({ outboxId }: OutboxEntry, ms: number): Promise<void> => {
      await table()
        .where({ id: outboxId })
        .update({ queued_at: ec.strapi.db.connection.raw(`${nowMs(ec.strapi)} - ?`, [ms]) });
    },
    /** In hand of this test. */
    claimed: async (entry: OutboxEntry, to: OutgoingStage = 'submitting') => {
      const claimId = ec.unique('claim');
      const held = await ec.records.outbox.claim(entry, {
        to,
        claimId,
        claimMs: 60_000,
        putOffMs: 60_000,
      });
      if (!held) throw new Error('Nobody else has it in hand.');
      return { entry: held, claimId };
    },
  };
};
