import { EmailConnectError } from '../../../domain/errors';
import type { Fence, Leases } from '../../../ports';
import { nowMs } from '../base/instants';
import { findRow } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import { shortly } from '../base/transaction-limits';

/**
 * Which process writes for an inbox. Each time the lease is taken its token grows, so that an earlier token is stale
 * for good; the row stays, so that the token never starts again.
 */
export const createLeases = (strapi: Strapi): Leases => {
  const expiry = (ttlMs: number) => strapi.db.connection.raw(`${nowMs(strapi)} + ?`, [Math.round(ttlMs)]);
  /** A process that hangs keeps the row locked: a process that wants the lease is told so, and asks again. */
  const brief = <Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> =>
    inTransaction(strapi, work, shortly);
  return {
    acquire: async (inboxDocumentId, holder, ttlMs) => {
      const before = await ensureRow(strapi, inboxDocumentId);
      // The last holder gave the lease back, or is this process.
      const isAfterCrash = before !== '' && before !== holder;
      return brief(async (writer) => {
        const taken: number = await writer
          .table(tables.lease)
          .where({ inbox_document_id: inboxDocumentId })
          .where((free) => void free.where({ holder }).orWhereRaw(`expires_at <= ${nowMs(strapi)}`))
          .update({ holder, token: strapi.db.connection.raw('token + 1'), expires_at: expiry(ttlMs) });
        const row = await findLease(strapi, inboxDocumentId);
        return taken > 0 && row ? { inboxDocumentId, token: row.token, isAfterCrash } : null;
      });
    },

    renew: (fence, ttlMs) =>
      brief(async (writer) => {
        const renewed: number = await held(strapi, writer.table(tables.lease), fence).update({
          expires_at: expiry(ttlMs),
        });
        return renewed > 0;
      }),

    release: ({ inboxDocumentId, token }) =>
      brief(async (writer) => {
        await writer
          .table(tables.lease)
          .where({ inbox_document_id: inboxDocumentId, token })
          .update({ holder: '', expires_at: 0 });
      }),

    rest: (fence, ms) =>
      brief(async (writer) => {
        const noted: number = await held(strapi, writer.table(tables.lease), fence).update({
          rest_until: ms > 0 ? expiry(ms) : null,
        });
        if (noted === 0) throw leaseLost();
      }),

    restMs: async (inboxDocumentId) => {
      const [row]: { rest_ms: string | number | null }[] = await strapi.db
        .getConnection(tables.lease)
        .where({ inbox_document_id: inboxDocumentId })
        .select(strapi.db.connection.raw(`rest_until - ${nowMs(strapi)} as rest_ms`));
      return Math.max(0, Number(row?.rest_ms ?? 0));
    },
  };
};

const findLease = (strapi: Strapi, inboxDocumentId: string) =>
  findRow<{ token: number; holder: string }>(strapi, uids.lease, { where: { inboxDocumentId } });

/**
 * Makes a free lease if there is none. A statement by itself: within a transaction that goes on to update the row,
 * InnoDB's gap locks make processes that start together deadlock. Resolves with the holder, or the last holder that
 * did not give the lease back.
 */
const ensureRow = async (strapi: Strapi, inboxDocumentId: string): Promise<string> => {
  const row = await findLease(strapi, inboxDocumentId);
  if (row) return row.holder;
  await strapi.db
    .getConnection(tables.lease)
    .insert({ inbox_document_id: inboxDocumentId, holder: '', token: 0, expires_at: 0, writes: 0 })
    .onConflict('inbox_document_id')
    .ignore();
  return '';
};

const held = (strapi: Strapi, table: ReturnType<Writer['table']>, { inboxDocumentId, token }: Fence) =>
  table.where({ inbox_document_id: inboxDocumentId, token }).whereRaw(`expires_at > ${nowMs(strapi)}`);

/**
 * false when the fence is stale. It writes the row that it checks: a process that takes the lease meanwhile waits for
 * this transaction, or this transaction for that process (P2).
 */
export const passFence = async (writer: Writer, fence: Fence): Promise<boolean> => {
  const passed: number = await held(writer.strapi, writer.table(tables.lease), fence).increment('writes', 1);
  return passed > 0;
};

export const leaseLost = (): EmailConnectError =>
  new EmailConnectError(
    'LEASE_LOST',
    'Another process reads this inbox now, so nothing of this pass was written.',
    'Nothing to do: the other process goes on where the records are.'
  );
