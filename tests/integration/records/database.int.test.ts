import { tableIndexes } from '../../../src/plugins/email-connect/server/src/adapters/records/schema/indexes';
import {
  deleteAllData,
  ensureIndexes,
  protectTables,
} from '../../../src/plugins/email-connect/server/src/adapters/records/schema/schema';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';

export const databaseTests = (ec: StartedRecords): void => {
  const { count, conversation } = ec;

  describe('the database', () => {
    test('two rows that should be one keep no site from starting; the index comes once they are one', async () => {
      const threads = ec.strapi.db.query('plugin::email-connect.email-thread');
      const name = 'ec_thread_document_uq';
      const isThere = async () =>
        (await ec.strapi.db.dialect.schemaInspector.getIndexes('email_connect_threads')).some(
          (index) => index.name === name
        );
      await ec.strapi.db
        .getSchemaConnection()
        .alterTable('email_connect_threads', (table) => table.dropUnique(['document_id'], name));
      const row = { documentId: 'twice', state: 'open', publishedAt: new Date() };
      await threads.createMany({ data: [row, row] });
      await ensureIndexes(ec.strapi);
      expect(await isThere()).toBe(false);
      await threads.deleteMany({ where: { documentId: 'twice' } });
      await ensureIndexes(ec.strapi);
      expect(await isThere()).toBe(true);
    });

    test('every index is there, and making them again changes nothing', async () => {
      await Promise.all([ensureIndexes(ec.strapi), ensureIndexes(ec.strapi)]);
      for (const { table, name, columns, unique: isUnique } of tableIndexes) {
        const found = (await ec.strapi.db.dialect.schemaInspector.getIndexes(table)).find(
          (index) => index.name === name
        );
        // Not in order: PostgreSQL tells the columns by their names.
        expect([...(found?.columns ?? [])].sort()).toEqual([...columns].sort());
        expect(found?.type === 'unique').toBe(isUnique);
      }
    });

    test('a boot without the plugin keeps its tables, and what others protect stays protected', async () => {
      const key = { type: 'core', key: 'persisted_tables' };
      const before: unknown = await ec.strapi.store.get(key);
      await ec.strapi.store.set({
        ...key,
        value: [...(Array.isArray(before) ? before : []), { name: 'of_others' }],
      });
      await protectTables(ec.strapi);
      const { sent } = await conversation();
      await ec.app.restart({ plugins: { 'email-connect': { enabled: false } } });
      expect(Object.keys(ec.app.strapi.plugins)).not.toContain('email-connect');
      await ec.app.restart();
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({ messageCount: 1 });
      expect(await ec.strapi.store.get(key)).toContainEqual({ name: 'of_others' });
      const names = tableIndexes.filter(({ table }) => table === 'email_connect_ids').map(({ name }) => name);
      expect(
        (await ec.strapi.db.dialect.schemaInspector.getIndexes('email_connect_ids')).map(({ name }) => name)
      ).toEqual(expect.arrayContaining(names));
    }, 120_000);

    test('"delete all data" leaves nothing, and lets a boot without the plugin drop the tables', async () => {
      await conversation();
      await deleteAllData(ec.strapi);
      for (const uid of Object.keys(ec.strapi.contentTypes).filter((each) =>
        each.startsWith('plugin::email-connect.')
      )) {
        expect(await count(uid, {})).toBe(0);
      }
      for (const table of [
        'secret',
        'location',
        'id-index',
        'contact-link',
        'message-address',
        'message-record',
        'outbox',
        'address-index',
        'participant',
        'audit',
        'backfill',
        'request',
        'suggestion',
        'paused-contact',
        'quarantine',
        'tombstone',
        'folder-cursor',
      ]) {
        expect(await count(`email-connect::${table}`, {})).toBe(0);
      }
      const persisted: unknown = await ec.strapi.store.get({ type: 'core', key: 'persisted_tables' });
      expect(persisted).toEqual([{ name: 'of_others' }]);
      const kept = await ec.strapi.db
        .query('strapi::core-store')
        .findMany({ where: { key: { $startsWith: 'plugin_email-connect_' } } });
      expect(kept).toEqual([]);
    });
  });
};

recordsAlone(__filename, databaseTests);
