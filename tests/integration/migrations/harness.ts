import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { createMigrations } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/create-migrations';
import type {
  MigrationOptions,
  Migrations,
} from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/create-migrations';
import { oldDatabase } from '../../support/old-database';
import { startStrapi } from '../../support/strapi-app';
import type { TestStrapi } from '../../support/strapi-app';
import { onDatabasesAlone } from '../../support/on-databases';
import type { DatabaseKind } from '../../support/test-database';

export const LOG = 'email_connect_migrations';
export const LOCKS = 'email_connect_migration_locks';
export const old = oldDatabase('0.1.0');
export const newName = (table: string): string => table.replace(/^ec_/, 'email_connect_');
export const renamed = old.names.filter((table) => table.startsWith('ec_'));

/** The join table of a relation that is no more; a column of the rules holds what it held. */
export const RULES = 'email_connect_logging_rules';
export const LINKS = 'email_connect_logging_rules_inbox_lnk';
export const keptTables = old.names.filter((name) => name !== LINKS);

export const withoutPlugin = { plugins: { 'email-connect': { enabled: false } } };
export const withPlugin = { plugins: {} };
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const logRow = z.object({
  number: z.number(),
  name: z.string(),
  version: z.string(),
  started_at: z.coerce.number(),
  finished_at: z.coerce.number().nullable(),
  position: z.string().nullable(),
});

/** A database as 0.1.0 left it, under a Strapi without the plugin. */
export const startOld = (database: DatabaseKind, name: string) => {
  let started: TestStrapi | undefined;
  const processes: Migrations[] = [];

  beforeAll(async () => {
    started = await startStrapi({ database, name, ...withoutPlugin });
    await old.load(started.strapi);
    // Hundreds of small writes, of which none has to survive the machine.
    if (database === 'sqlite') await started.strapi.db.connection.raw('pragma synchronous = off');
  }, 120_000);
  afterAll(async () => started?.stop(), 60_000);

  const app = (): TestStrapi => {
    if (!started) throw new Error('Strapi is not started yet.');
    return started;
  };
  const db = () => app().strapi.db;

  return {
    get app() {
      return app();
    },
    get strapi(): Core.Strapi {
      return app().strapi;
    },
    /** What another process on this database would use, each with a name of its own. */
    process: (options: Partial<MigrationOptions> = {}): Migrations => {
      const holder = `process ${processes.length}`;
      const made = createMigrations(app().strapi, {
        version: '0.2.0',
        holder,
        logger: silent,
        ...options,
      });
      processes.push(made);
      return made;
    },
    tables: (): Promise<string[]> => db().dialect.schemaInspector.getTables(),
    log: async () => z.array(logRow).parse(await db().getConnection(LOG).select('*').orderBy('number')),
    persisted: async (): Promise<unknown> =>
      app().strapi.store.get({ type: 'core', key: 'persisted_tables' }),
    /** As if the time were over for which a process that was killed still counts as alive. */
    expireLocks: () => db().getConnection(LOCKS).update({ expires_at: 0 }),
    /** The rows of these tables, under their old names, as 0.1.0 left them. */
    restore: (tables: readonly string[]): Promise<void> => old.restore(app().strapi, tables),
    refill: (tables: readonly string[]): Promise<void> => old.refill(app().strapi, tables),
    /** Names and all as before, however far it had come. */
    goBack: async (): Promise<void> => {
      // One that "died" here goes on renewing its lock, in the way of a real process on the same SQLite file.
      await Promise.allSettled(processes.map((process) => process.release()));
      const schema = () => db().getSchemaConnection();
      for (const from of renamed) {
        if (!(await schema().hasTable(from))) await schema().renameTable(newName(from), from);
        else await schema().dropTableIfExists(newName(from));
      }
      if (!(await schema().hasTable(LINKS))) await old.makeAgain(app().strapi, LINKS);
      if (await schema().hasColumn(RULES, 'inbox_document_id'))
        await db().connection.raw('alter table ?? drop column ??', [RULES, 'inbox_document_id']);
      for (const table of [LOG, LOCKS]) await schema().dropTableIfExists(table);
      await app().strapi.store.set({ type: 'core', key: 'persisted_tables', value: old.persistedTables });
    },
  };
};

export type OldDatabase = ReturnType<typeof startOld>;

/** A part of the suite by itself, where jest was asked for it. */
export const migrationsAlone = (
  file: string,
  part: (database: OldDatabase, kind: DatabaseKind) => void
): void => onDatabasesAlone(file, 'migrations', (kind) => part(startOld(kind, 'migrations'), kind));
