import type { Strapi } from '../base/strapi';
import { isDuplicate } from '../base/failures';
import { dropMigrationTables } from '../migrations/migration-log';
import { uids } from '../base/names';
import { changePersistedTables } from '../base/persisted-tables';
import { tableIndexes } from './indexes';
import type { TableIndex } from './indexes';
import { SITE_TOKENS_KEY } from './site-tokens';

/**
 * Creates missing indexes, on SQLite, PostgreSQL, MySQL and MariaDB. Safe to repeat, and from two processes at once.
 */
export const ensureIndexes = async (strapi: Strapi): Promise<void> => {
  const present = new Map<string, Set<string>>();
  for (const table of new Set(tableIndexes.map((index) => index.table))) {
    present.set(table, await indexNames(strapi, table));
  }
  for (const index of tableIndexes) {
    if (!present.get(index.table)?.has(index.name)) await createIndex(strapi, index);
  }
};

const indexNames = async (strapi: Strapi, table: string): Promise<Set<string>> =>
  new Set((await strapi.db.dialect.schemaInspector.getIndexes(table)).map(({ name }) => name));

const createIndex = async (strapi: Strapi, { table, name, columns, unique }: TableIndex): Promise<void> => {
  try {
    await strapi.db.getSchemaConnection().alterTable(table, (altered) => {
      if (unique) altered.unique(columns, { indexName: name });
      else altered.index(columns, name);
    });
  } catch (error) {
    // Another process that starts at the same moment may have made the index.
    if ((await indexNames(strapi, table)).has(name)) return;
    if (!isDuplicate(error)) throw error;
    // A site that starts and reports the failure is better than none; the next start tries again.
    strapi.log.error(
      `[email-connect] The table ${table} holds rows twice that should be there once, so that the index ${name} could not be made.`
    );
  }
};

/** Makes our tables survive a boot without the plugin. */
export const protectTables = (strapi: Strapi): Promise<void> =>
  changePersistedTables(strapi, { add: ourTables(strapi), remove: [] });

/** Our tables and the join tables of their relations. */
const ourTables = (strapi: Strapi): string[] =>
  Object.values(uids).flatMap((uid) => {
    const { tableName, attributes } = strapi.db.metadata.get(uid);
    const joinTables = Object.values(attributes).flatMap((attribute) =>
      'joinTable' in attribute && attribute.joinTable ? [attribute.joinTable.name] : []
    );
    return [tableName, ...joinTables];
  });

/** The order in which tables may be emptied: referring rows first. */
const EMPTIED_FIRST: readonly string[] = [
  uids.attachment,
  uids.message,
  uids.thread,
  uids.loggingRule,
  uids.inbox,
];

/**
 * Deletes everything Email Connect ever stored, its built-in contacts, rules and templates included, and lifts the
 * protection of its tables, so that the next boot without the plugin drops them. For uninstalling; nothing brings it back.
 */
export const deleteAllData = async (strapi: Strapi): Promise<void> => {
  const others = Object.values(uids).filter((uid) => !EMPTIED_FIRST.includes(uid));
  await strapi.db.transaction(async () => {
    for (const uid of [...EMPTIED_FIRST, ...others]) await strapi.db.query(uid).deleteMany({});
  });
  await changePersistedTables(strapi, { add: [], remove: ourTables(strapi) });
  await dropMigrationTables(strapi);
  for (const key of ['address-index', SITE_TOKENS_KEY])
    await strapi.store({ type: 'plugin', name: 'email-connect' }).delete({ key });
};
