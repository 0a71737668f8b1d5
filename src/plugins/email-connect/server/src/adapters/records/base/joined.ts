import type { Query, Strapi } from './strapi';

/**
 * Runs a query within the transaction that is open, if there is one: Strapi's Document Service reads within one, and
 * SQLite has a single connection.
 */
export const joined = async <Row>(strapi: Strapi, query: Query): Promise<Row[]> =>
  strapi.db.inTransaction() ? strapi.db.transaction(({ trx }) => query.transacting(trx)) : query;
