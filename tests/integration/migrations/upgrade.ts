import { tableIndexes } from '../../../src/plugins/email-connect/server/src/adapters/records/indexes';
import { contentsOf } from '../../support/old-database';
import { LOCKS, LOG, newName, old, withoutPlugin, withPlugin } from './harness';
import type { OldDatabase } from './harness';

/** The whole way: Strapi starts with the present plugin on what 0.1.0 left. */
export const upgradeTests = (database: OldDatabase): void => {
  describe('an update from 0.1.0', () => {
    let before: Record<string, unknown[]>;
    /** By the names of before. */
    const contents = async () =>
      Object.fromEntries(
        Object.entries(await contentsOf(database.strapi, old.names.map(newName))).map(([, rows], i) => [
          old.names[i],
          rows,
        ])
      );
    const indexNamesOf = async (table: string) =>
      (await database.strapi.db.dialect.schemaInspector.getIndexes(table)).map(({ name }) => name);

    beforeAll(async () => {
      before = await contentsOf(database.strapi, old.names);
      await database.app.restart(withPlugin);
    }, 120_000);

    test('starts from a database with rows in every table, and outgoing mail in every stage', () => {
      expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
      expect(before['ec_outbox']).toMatchObject([
        { stage: 'done' },
        { stage: 'submit' },
        { stage: 'submit', attempts: 1 },
        { stage: 'verify' },
        { stage: 'file' },
        { stage: 'failed' },
      ]);
    });

    test('keeps every row of every table as it was', async () => {
      expect(await contents()).toEqual(before);
    });

    test('leaves no table under its old name', async () => {
      const tables = await database.tables();
      expect(tables.filter((table) => table.startsWith('ec_'))).toEqual([]);
      expect(tables).toEqual(expect.arrayContaining(old.names.map(newName)));
    });

    test('keeps every index that was there, and has every index of now', async () => {
      for (const { table, name } of old.indexes) expect(await indexNamesOf(newName(table))).toContain(name);
      for (const { table, name } of tableIndexes) expect(await indexNamesOf(table)).toContain(name);
    });

    test('protects the new names from being dropped, and the old ones no more', async () => {
      expect([...((await database.persisted()) as string[])].sort()).toEqual(old.names.map(newName).sort());
    });

    test('gives new rows ids of their own', async () => {
      const audit = database.strapi.db.query('email-connect::audit');
      const { id } = await audit.create({ data: { at: 1, action: 'test' } });
      const others = (before['ec_audit'] ?? []).map((row) => Reflect.get(Object(row), 'id'));
      expect(others).not.toContain(id);
      await audit.delete({ where: { id } });
    });

    test('is logged, and a second start changes nothing', async () => {
      const log = await database.log();
      expect(log).toMatchObject([{ number: 1, name: 'one table prefix', position: null }]);
      expect(log.filter(({ finished_at }) => finished_at === null)).toEqual([]);
      const lock = await database.strapi.db.getConnection(LOCKS).select('*');
      expect(lock).toMatchObject([{ name: 'start', holder: '' }]);

      await database.app.restart(withPlugin);

      expect(await database.log()).toEqual(log);
      expect(await contents()).toEqual(before);
    }, 120_000);

    test('survives a boot without the plugin', async () => {
      await database.app.restart(withoutPlugin);
      expect(await database.tables()).toEqual(
        expect.arrayContaining([...old.names.map(newName), LOG, LOCKS])
      );
      await database.app.restart(withPlugin);
      expect(await contents()).toEqual(before);
    }, 120_000);

    test('a later version was here: refused with both versions and the way out, before a column is dropped', async () => {
      const { db } = database.strapi;
      await db.getConnection(LOG).insert({ number: 900, name: 'later', version: '7.8.9', started_at: 1 });
      await db
        .getSchemaConnection()
        .alterTable('email_connect_inboxes', (table) => table.string('from_the_future'));
      const stored = await db.schema.schemaStorage.read();
      const inboxes = stored?.schema.tables.find(({ name }) => name === 'email_connect_inboxes');
      const [label] = inboxes?.columns.filter(({ name }) => name === 'address_key') ?? [];
      if (!stored || !inboxes || !label) throw new Error('Strapi has stored no schema.');
      inboxes.columns.push({ ...label, name: 'from_the_future' });
      await db.schema.schemaStorage.add(stored.schema);
      const hasColumn = () =>
        database.strapi.db.getSchemaConnection().hasColumn('email_connect_inboxes', 'from_the_future');

      await expect(database.app.restart(withPlugin)).rejects.toMatchObject({
        code: 'DATABASE_NEWER',
        message: expect.stringMatching(/7\.8\.9.*\b900\b.*\d+\.\d+\.\d+/),
        nextStep: expect.stringMatching(/7\.8\.9 or newer.*backup/),
      });

      await database.app.restart(withoutPlugin);
      expect(await hasColumn()).toBe(true);
      await database.strapi.db.getConnection(LOG).where({ number: 900 }).delete();
      await database.app.restart(withPlugin);
    }, 120_000);
  });
};
