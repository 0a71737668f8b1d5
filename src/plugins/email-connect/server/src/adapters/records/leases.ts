import type { Fence, Leases } from '../../ports';
import { insertRows, inTransaction, findRow, nowMs } from './database';
import type { Strapi, Writer } from './database';
import { tables, uids } from './names';

/**
 * Who writes for an inbox. Every taking makes the token grow, so that the one before it is stale for good;
 * the row stays, so that the token never starts again.
 */
export const createLeases = (strapi: Strapi): Leases => {
  const expiry = (ttlMs: number) => strapi.db.connection.raw(`${nowMs(strapi)} + ?`, [Math.round(ttlMs)]);
  return {
    acquire: (inboxDocumentId, holder, ttlMs) =>
      inTransaction(strapi, async (writer) => {
        const taken: number = await writer
          .table(tables.lease)
          .where({ inbox_document_id: inboxDocumentId })
          .where((free) => free.where({ holder }).orWhereRaw(`expires_at <= ${nowMs(strapi)}`))
          .update({ holder, token: strapi.db.connection.raw('token + 1'), expires_at: expiry(ttlMs) });
        const row = await findRow<{ token: number }>(strapi, uids.lease, { where: { inboxDocumentId } });
        if (taken > 0) return row && { inboxDocumentId, token: row.token };
        if (row) return null;
        await insertRows(strapi, uids.lease, [
          { inboxDocumentId, holder, token: 1, expiresAt: 0, writes: 0 },
        ]);
        await writer
          .table(tables.lease)
          .where({ inbox_document_id: inboxDocumentId })
          .update({ expires_at: expiry(ttlMs) });
        return { inboxDocumentId, token: 1 };
      }),

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
