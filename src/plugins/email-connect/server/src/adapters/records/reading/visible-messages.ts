import type { PartialSight, Sight } from '../../../domain/access/sight';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { Strapi } from '../base/strapi';
import { tables } from '../base/names';

/** Rows of message_id, thread_id and received_at. A message may be there more than once. */
export type Selection = ReturnType<Strapi['db']['getConnection']>;

/** Those of these threads. */
export const selectedIn = (strapi: Strapi, selection: Selection, threadIds: readonly number[]): Selection =>
  strapi.db.connection.from(selection.clone().as('selected')).whereIn('thread_id', [...threadIds]);

const COLUMNS = ['message_id', 'thread_id', 'received_at'];
const OF_MESSAGE = { message_id: 'id', thread_id: 'thread_id', received_at: 'received_at' };

/**
 * The messages that stand on a record with these addresses (S40): more than once where several ways lead there, for
 * very many would have to be compared. Not async: a query that is awaited runs.
 */
export const standingOn = (
  strapi: Strapi,
  record: LinkedContact,
  addressHashes: readonly string[]
): Selection => {
  const byAddress = strapi.db
    .getConnection(tables.messageAddress)
    .whereIn('address_hash', [...addressHashes])
    .select(COLUMNS);
  return byAddress.unionAll([recordRows(strapi, [record]).select(COLUMNS)]);
};

/** The messages of a thread that a caller sees, each once: `sees` of `domain/access/sight`, by the database. */
export const visibleIn = (strapi: Strapi, threadId: number, sight: Sight): Selection => {
  const table = (name: string) => strapi.db.getConnection(name).where({ thread_id: threadId });
  const messages = () => table(tables.message);
  if (sight === 'everything') return messages().select(OF_MESSAGE);
  const byAddress = table(tables.messageAddress).whereIn('address_hash', sight.addressHashes).select(COLUMNS);
  return byAddress.union([
    recordRows(strapi, sight.records).where({ thread_id: threadId }).select(COLUMNS),
    messages().whereIn('inbox_id', inboxIds(strapi, sight)).select(OF_MESSAGE),
    ...(sight.unassigned ? [onNoRecord(messages(), table, sight.unassigned.carriedHashes)] : []),
  ]);
};

const onNoRecord = (
  messages: Selection,
  table: (name: string) => Selection,
  carriedHashes: readonly string[]
): Selection => {
  const carried = table(tables.messageAddress)
    .whereIn('address_hash', [...carriedHashes])
    .select('message_id');
  const onRecords = table(tables.messageRecord).select('message_id');
  return messages.whereNotIn('id', carried).whereNotIn('id', onRecords).select(OF_MESSAGE);
};

const inboxIds = (strapi: Strapi, { inboxDocumentIds }: PartialSight) =>
  strapi.db.getConnection(tables.inbox).whereIn('document_id', inboxDocumentIds).select('id');

const recordRows = (strapi: Strapi, records: readonly LinkedContact[]) =>
  strapi.db.getConnection(tables.messageRecord).where((any) => {
    // Nothing for no record. Not beside others: SQLite then reads the records of all contacts.
    if (records.length === 0) any.whereRaw('1 = 0');
    for (const { contactType, documentId } of records) {
      any.orWhere({ contact_type: contactType, contact_document_id: documentId });
    }
  });
