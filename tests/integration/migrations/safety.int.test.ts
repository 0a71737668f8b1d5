import { EventEmitter, once } from 'node:events';
import type { Migration } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/migration';
import { acquireLock } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/migration-lock';
import { migrations } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/list';
import { contentsOf } from '../../support/old-database';
import { dieBefore } from '../../support/dying-connection';
import { LOCKS, newName, old, renamed, migrationsAlone } from './harness';
import type { OldDatabase } from './harness';

/** Each migration once, whatever happens, on what 0.1.0 left; Strapi runs without the plugin. */
export const safetyTests = (database: OldDatabase): void => {
  describe('migrations', () => {
    let before: unknown[][];
    const rowsOf = async (tables: readonly string[]) =>
      Object.values(await contentsOf(database.strapi, tables));
    const query = (table: string) => database.strapi.db.getConnection(table);
    /** One that counts how often it ran. */
    const counting = (runs: string[]): Migration => ({
      number: 2,
      name: 'counts',
      phase: 'before-schema',
      up: async () => void runs.push('up'),
    });
    const wait = () => undefined;
    /** That has the first migration only. */
    const processOfOne = () => database.process({ list: migrations.slice(0, 1) });

    beforeAll(async () => {
      before = await rowsOf(old.names);
    });
    afterEach(() => database.goBack());

    const endsWell = async () => {
      if (await database.strapi.db.getSchemaConnection().hasTable(LOCKS)) await database.expireLocks();
      const next = processOfOne();
      await next.beforeSchema();
      await next.release();
      expect(await rowsOf(old.names.map(newName))).toEqual(before);
      expect((await database.tables()).filter((table) => renamed.includes(table))).toEqual([]);
      expect(await database.log()).toMatchObject([{ number: 1, finished_at: expect.any(Number) }]);
      expect([...((await database.persisted()) as string[])].sort()).toEqual(old.names.map(newName).sort());
    };

    test('number one, killed before any statement of its beginning, ends well when it is run again', async () => {
      for (let nth = 1; nth <= 14; nth += 1) {
        const died = await dieBefore(database.strapi, nth, /./, () => processOfOne().beforeSchema());
        expect({ nth, died }).toEqual({ nth, died: true });
        await endsWell();
        await database.goBack();
      }
    }, 180_000);

    test('number one, killed after every single change that it makes to what was there, goes on from each', async () => {
      const changes = /alter table|rename table|update .*strapi_core_store_settings/i;
      let deaths = 0;
      const start = async () => {
        if (deaths > 0) await database.expireLocks();
        const next = processOfOne();
        await next.beforeSchema();
        await next.release();
      };
      // Each start makes one change, and dies before the second.
      while (await dieBefore(database.strapi, 2, changes, start)) deaths += 1;
      expect(deaths).toBeGreaterThanOrEqual(renamed.length);
      await endsWell();
    }, 180_000);

    test('an empty table that stands under the new name, or the old one, is in nobody’s way', async () => {
      const schema = () => database.strapi.db.getSchemaConnection();
      await schema().createTable('email_connect_outbox', (table) => void table.increments('id'));
      const first = processOfOne();
      await first.beforeSchema();
      await first.release();
      expect(await rowsOf(old.names.map(newName))).toEqual(before);

      await schema().createTable('ec_outbox', (table) => void table.increments('id'));
      await query('email_connect_migrations').delete();
      const second = processOfOne();
      await second.beforeSchema();
      await second.release();
      expect(await rowsOf(old.names.map(newName))).toEqual(before);
      expect(await database.tables()).not.toContain('ec_outbox');
    });

    test('rows under both names: refused by name, and neither is touched', async () => {
      await database.strapi.db
        .getSchemaConnection()
        .createTable('email_connect_outbox', (table) => void table.increments('id'));
      await query('email_connect_outbox').insert({ id: 1 });

      await expect(processOfOne().beforeSchema()).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message: expect.stringMatching(/ec_outbox and email_connect_outbox both hold rows/),
      });
      expect(await query('email_connect_outbox').select('*')).toHaveLength(1);
      expect(await query('ec_outbox').select('*')).toHaveLength(7);
    });

    test('three processes that start at once run each migration once, and all start', async () => {
      const runs: string[] = [];
      const list = [...migrations.slice(0, 1), counting(runs)];
      const start = async () => {
        const process = database.process({ list });
        await process.beforeSchema();
        await process.afterSchema();
        await process.release();
      };
      await Promise.all([start(), start(), start()]);
      expect(runs).toEqual(['up']);
      expect(await rowsOf(old.names.map(newName))).toEqual(before);
    });

    test('what a start holds, another waits for; what a dead one held, it takes', async () => {
      const first = processOfOne();
      await first.beforeSchema();
      const waits = new EventEmitter();
      const logger = { debug: wait, info: () => waits.emit('wait'), warn: wait, error: wait };
      const second = database.process({ list: migrations.slice(0, 1), logger });
      let started = false;
      const waiting = once(waits, 'wait');
      const starting = second.beforeSchema().then(() => (started = true));
      await waiting;
      expect(started).toBe(false);

      await database.expireLocks();
      await starting;
      await second.release();
      await first.release();
    });

    test('whose lock was taken, stops before its next statement', async () => {
      await processOfOne().beforeSchema();
      await database.expireLocks();
      const lost = await acquireLock(database.strapi, 'start', 'slow', wait);
      await database.expireLocks();
      const taken = await acquireLock(database.strapi, 'start', 'quick', wait);

      await expect(lost.assertHeld()).rejects.toMatchObject({ code: 'LEASE_LOST' });
      await lost.release();
      await taken.assertHeld();
      await taken.release();
    });

    test('those after the schema run once, under the same lock, and again when they ended in the middle', async () => {
      const runs: string[] = [];
      const after: Migration = {
        number: 2,
        name: 'after',
        phase: 'after-schema',
        up: async ({ assertLock }) => {
          await assertLock();
          runs.push('up');
          if (runs.length === 1) throw new Error('with a row in its message');
        },
      };
      const list = [...migrations.slice(0, 1), after];
      const first = database.process({ list });
      await first.beforeSchema();
      expect(runs).toEqual([]);
      await expect(first.afterSchema()).rejects.toMatchObject({ code: 'MIGRATION_FAILED', detail: 'Error' });
      await first.release();
      expect(await first.isDone(2)).toBe(false);

      for (let start = 0; start < 2; start += 1) {
        const next = database.process({ list });
        await next.beforeSchema();
        await next.afterSchema();
        await next.release();
        expect(runs).toEqual(['up', 'up']);
        expect(await next.isDone(2)).toBe(true);
      }
    });
  });
};

migrationsAlone(__filename, safetyTests);
