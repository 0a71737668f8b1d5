import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { firstAdmin } from '../../dev/strapi/strapi-admin';

const indexShape = z.object({
  table: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  unique: z.boolean().default(false),
});
const tableShape = z.object({
  columns: z.record(z.string(), z.string()),
  indexes: z.array(z.unknown()),
  foreignKeys: z.array(z.unknown()),
});
const tablesFile = z.object({
  tables: z.record(z.string(), tableShape),
  indexesOfOurs: z.array(indexShape),
  addressIndex: z.record(z.string(), z.string()),
  persistedTables: z.array(z.string()),
});
type Row = Record<string, unknown>;
const rowsFile = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

const read = (version: string, file: string): unknown =>
  JSON.parse(readFileSync(path.resolve(__dirname, '..', 'fixtures', version, file), 'utf8'));

/** What a version of the plugin kept. */
export const oldDatabase = (version: '0.1.0') => {
  const { tables, indexesOfOurs, addressIndex, persistedTables } = tablesFile.parse(
    read(version, 'tables.json')
  );
  const rows = rowsFile.parse(read(version, 'rows.json'));
  const names = Object.keys(tables);
  const schema = Object.entries(tables).map(([name, { columns, ...others }]) => ({
    name,
    ...others,
    columns: Object.entries(columns).map(([column, type]) => toColumn(column, type)),
  }));

  const insertRows = async ({ db }: Core.Strapi, table: string): Promise<void> => {
    for (const row of rows[table] ?? [])
      await db.getConnection(table).insert(toInsert(row, tables[table]?.columns ?? {}));
  };

  /** In place: others point at them. */
  const restore = async ({ db }: Core.Strapi, restored: readonly string[]): Promise<void> => {
    for (const table of restored)
      for (const { id, ...row } of rows[table] ?? [])
        await db
          .getConnection(table)
          .where({ id })
          .update(toInsert(row, tables[table]?.columns ?? {}));
  };

  /** Rows at which nothing points, whatever became of them. */
  const refill = async (strapi: Core.Strapi, refilled: readonly string[]): Promise<void> => {
    for (const table of refilled) {
      await strapi.db.getConnection(table).delete();
      await insertRows(strapi, table);
    }
  };

  const makeAgain = async (strapi: Core.Strapi, table: string): Promise<void> => {
    await strapi.db.schema.builder.createSchema(asSchema(schema.filter(({ name }) => name === table)));
    await insertRows(strapi, table);
  };

  const load = async (strapi: Core.Strapi): Promise<void> => {
    const { db } = strapi;
    await db.schema.builder.createSchema(asSchema(schema));
    for (const { table, name, columns, unique } of indexesOfOurs)
      await db.getSchemaConnection().alterTable(table, (altered) => {
        if (unique) altered.unique(columns, { indexName: name });
        else altered.index(columns, name);
      });
    for (const table of Object.keys(rows)) await insertRows(strapi, table);
    if (db.dialect.client === 'postgres') for (const table of names) await moveSequence(strapi, table);
    await db.schema.schemaStorage.add(asSchema([...db.schema.schema.tables, ...schema]));
    await strapi.store.set({ type: 'core', key: 'persisted_tables', value: persistedTables });
    await strapi.store.set({
      type: 'plugin',
      name: 'email-connect',
      key: 'address-index',
      value: addressIndex,
    });
  };

  return {
    /** Of all its tables, internal ones and join tables included. */
    names,
    /** Of its own indexes, by table. */
    indexes: indexesOfOurs,
    persistedTables,
    /** Makes its tables with all that is in them, in a Strapi that runs without the plugin. */
    load,
    /** Makes rows that are still there what they were. */
    restore,
    /** Makes all rows of these tables anew; no other table may point at them. */
    refill,
    /** A table that is not there any more, with its rows. */
    makeAgain,
  };
};

type StrapiSchema = Parameters<Core.Strapi['db']['schema']['builder']['createSchema']>[0];
const asSchema = (tables: readonly unknown[]): StrapiSchema => ({ tables }) as StrapiSchema;

/** As Strapi writes it into its stored schema: `string(64)`, `integer unsigned`, `text`. */
const toColumn = (name: string, written: string) => {
  const [, type = '', length, unsigned] = /^(\w+)(?:\((\d+)\))?( unsigned)?$/.exec(written) ?? [];
  const args: Record<string, unknown[]> = {
    increments: [{ primary: true, primaryKey: true }],
    text: ['longtext'],
    datetime: [{ useTz: false, precision: 6 }],
    ...(length === undefined ? {} : { string: [Number(length)] }),
  };
  return {
    name,
    type,
    args: args[type] ?? [],
    defaultTo: null,
    notNullable: type === 'increments',
    unsigned: unsigned !== undefined,
  };
};

const toInsert = (row: Row, columns: Record<string, string>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      columns[column] === 'datetime' ? new Date(String(value)) : value,
    ])
  );

/** Rows with ids of their own do not move it. */
const moveSequence = (strapi: Core.Strapi, table: string) =>
  strapi.db.connection.raw("select setval(pg_get_serial_sequence(?, 'id'), (select max(id) from ??))", [
    table,
    table,
  ]);

/** All rows of these tables, as the driver gives them. */
export const contentsOf = async (
  strapi: Core.Strapi,
  tables: readonly string[]
): Promise<Record<string, unknown[]>> => {
  const contents: Record<string, unknown[]> = {};
  for (const table of tables)
    contents[table] = await strapi.db.getConnection(table).select('*').orderBy('id');
  return contents;
};

/** The admin whom Strapi processes of a test log in as, before there is such a process. */
export const addFirstAdmin = async (strapi: Core.Strapi): Promise<void> => {
  const superAdmin = await strapi.service('admin::role').getSuperAdmin();
  await strapi
    .service('admin::user')
    .create({ ...firstAdmin, isActive: true, roles: [superAdmin.id], registrationToken: null });
};
