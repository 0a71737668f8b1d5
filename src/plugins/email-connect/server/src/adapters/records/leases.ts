import { EmailConnectError } from '../../domain/errors';
import type { Fence, Leases } from '../../ports';
import { findRow, inTransaction, nowMs } from './database';
import type { Strapi, Writer } from './database';
import { tables, uids } from './names';

/**
 * Who writes for an inbox. Every taking makes the token grow, so that the one before it is stale for good;
 * the row stays, so that the token never starts again.
 */
export const createLeases = (strapi: Strapi): Leases => {
  const expiry = (ttlMs: number) => strapi.db.connection.raw(`${nowMs(strapi)} + ?`, [Math.round(ttlMs)]);
  return {
    acquire: async (inboxDocumentId, holder, ttlMs) => {
      await ensureRow(strapi, inboxDocumentId);
      return inTransaction(strapi, async (writer) => {
        const taken: number = await writer
          .table(tables.lease)
          .where({ inbox_document_id: inboxDocumentId })
          .where((free) => void free.where({ holder }).orWhereRaw(`expires_at <= ${nowMs(strapi)}`))
          .update({ holder, token: strapi.db.connection.raw('token + 1'), expires_at: expiry(ttlMs) });
        const row = await findLease(strapi, inboxDocumentId);
        return taken > 0 && row ? { inboxDocumentId, token: row.token } : null;
      });
    },

    renew: async (fence, ttlMs) => {
      const renewed: number = await held(strapi, strapi.db.getConnection(tables.lease), fence).update({
        expires_at: expiry(ttlMs),
      });
      return renewed > 0;
    },

    release: async ({ inboxDocumentId, token }) => {
      await strapi.db
        .getConnection(tables.lease)
        .where({ inbox_document_id: inboxDocumentId, token })
        .update({ holder: '', expires_at: 0 });
    },
  };
};

const findLease = (strapi: Strapi, inboxDocumentId: string) =>
  findRow<{ token: number }>(strapi, uids.lease, { where: { inboxDocumentId } });

/**
 * A free lease where there is none yet. A statement by itself: within a transaction that goes on to update the row,
 * InnoDB's gap locks make processes that start together deadlock.
 */
const ensureRow = async (strapi: Strapi, inboxDocumentId: string): Promise<void> => {
  if (await findLease(strapi, inboxDocumentId)) return;
  await strapi.db
    .getConnection(tables.lease)
    .insert({ inbox_document_id: inboxDocumentId, holder: '', token: 0, expires_at: 0, writes: 0 })
    .onConflict('inbox_document_id')
    .ignore();
};

const held = (strapi: Strapi, table: ReturnType<Writer['table']>, { inboxDocumentId, token }: Fence) =>
  table.where({ inbox_document_id: inboxDocumentId, token }).whereRaw(`expires_at > ${nowMs(strapi)}`);

/**
 * false when the fence is stale. It writes the row it checks: a process that takes the lease meanwhile waits for this
 * transaction, or this transaction for it (P2).
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
