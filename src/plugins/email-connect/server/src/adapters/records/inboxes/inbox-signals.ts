import type { InboxSignal } from '../../../ports';
import { nowMs } from '../base/instants';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { readInboxState } from '../base/enumerations';
import { tables } from '../base/names';

interface SignalRow {
  document_id: string;
  version: number | null;
  asked: number | null;
  state: string;
}

/** Tells other processes that a person changed the inbox. */
export const signalChange = (writer: Writer, documentId: string): Promise<void> =>
  grow(writer, documentId, 'version');

/** Tells other processes that a person asks for a check. */
export const askInbox = async (writer: Writer, documentId: string, endsRest: boolean): Promise<void> => {
  await grow(writer, documentId, 'asked');
  if (endsRest) await endRest(writer, documentId);
};

/** Lets the mail server be called again at once. */
export const endRest = async (writer: Writer, documentId: string): Promise<void> => {
  const resting = { inbox_document_id: documentId };
  await writer.table(tables.lease).where(resting).where('rest_until', '>', 0).update({ rest_until: null });
};

const grow = async (writer: Writer, documentId: string, column: 'version' | 'asked'): Promise<void> => {
  const { connection } = writer.strapi.db;
  await writer
    .table(tables.inbox)
    .where({ document_id: documentId })
    .update({
      [column]: connection.raw('coalesce(??, 0) + 1', [column]),
      signalled_at: connection.raw(nowMs(writer.strapi)),
    });
};

export const listSignalled = async (strapi: Strapi, withinMs: number): Promise<InboxSignal[]> => {
  const rows: SignalRow[] = await strapi.db
    .getConnection(tables.inbox)
    .select('document_id', 'version', 'asked', 'state')
    // A subquery: PostgreSQL uses no index for an expression that asks the clock for every row.
    .whereRaw(`signalled_at > (select ${nowMs(strapi)} - ?)`, [Math.round(withinMs)]);
  return rows.map((row) => ({
    documentId: row.document_id,
    version: row.version ?? 0,
    asked: row.asked ?? 0,
    state: readInboxState(row.state),
  }));
};
