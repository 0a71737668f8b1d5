import type { Strapi } from '../base/strapi';
import { nowMs } from '../base/instants';

const LOG = 'email_connect_migrations';
export const LOCKS = 'email_connect_migration_locks';

/**
 * These tables are made before Strapi compares tables with its models, which therefore does not know them and leaves
 * them alone.
 */
export const migrationTables: readonly string[] = [LOG, LOCKS];

export interface LoggedMigration {
  number: number;
  /** The version of Email Connect when the migration began. */
  version: string;
  finished: boolean;
  position: string;
}

export const createMigrationTables = async (strapi: Strapi): Promise<void> => {
  await ensureTable(strapi, LOG, (table) => {
    table.integer('number').primary();
    table.string('name', 100).notNullable();
    table.string('version', 40).notNullable();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('finished_at');
    table.text('position');
  });
  await ensureTable(strapi, LOCKS, (table) => {
    table.string('name', 40).primary();
    table.string('holder', 40).notNullable();
    table.bigInteger('expires_at').notNullable();
  });
};

type Columns = Parameters<ReturnType<Strapi['db']['getSchemaConnection']>['createTable']>[1];

const ensureTable = async (strapi: Strapi, name: string, columns: Columns): Promise<void> => {
  const has = () => strapi.db.getSchemaConnection().hasTable(name);
  if (await has()) return;
  try {
    await strapi.db.getSchemaConnection().createTable(name, columns);
  } catch (error) {
    // Another process that starts at the same moment may have made the table.
    if (!(await has())) throw error;
  }
};

export const dropMigrationTables = async (strapi: Strapi): Promise<void> => {
  for (const table of migrationTables) await strapi.db.getSchemaConnection().dropTableIfExists(table);
};

export const readMigrationLog = async (strapi: Strapi): Promise<LoggedMigration[]> => {
  const rows: { number: number; version: string; finished_at: unknown; position: string | null }[] =
    await strapi.db
      .getConnection(LOG)
      .select('number', 'version', 'finished_at', 'position')
      .orderBy('number');
  return rows.map(({ number, version, finished_at, position }) => ({
    number,
    version,
    finished: finished_at !== null,
    position: position ?? '',
  }));
};

/** Writes nothing if the row exists: the migration began before, and was interrupted. */
export const logBegun = async (
  strapi: Strapi,
  { number, name }: { number: number; name: string },
  version: string
): Promise<void> => {
  await strapi.db
    .getConnection(LOG)
    .insert({ number, name, version, started_at: strapi.db.connection.raw(nowMs(strapi)) })
    .onConflict('number')
    .ignore();
};

/** null: the migration is done. Runs within a transaction when `table` does. */
export const logPosition = async (
  strapi: Strapi,
  number: number,
  position: string | null,
  table = strapi.db.getConnection(LOG)
): Promise<void> => {
  const finished = { finished_at: strapi.db.connection.raw(nowMs(strapi)), position: null };
  await table.where({ number }).update(position === null ? finished : { position });
};

export const LOG_TABLE = LOG;
