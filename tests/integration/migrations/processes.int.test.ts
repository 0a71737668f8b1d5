import path from 'node:path';
import { startStrapiProcess } from '../../../dev/strapi/strapi-process';
import { addFirstAdmin, contentsOf } from '../../support/old-database';
import type { DatabaseKind } from '../../support/test-database';
import { keptTables, newName, migrationsAlone } from './harness';
import type { OldDatabase } from './harness';

const preload = path.resolve(__dirname, '..', '..', 'support', 'crash-before.cjs');

const MOVING = ['ec_outbox', 'email_connect_messages'];
/** Who takes part, and where mail stands, is decided anew (`standing`). */
const DECIDED = ['ec_participants', 'ec_contact_links'];

/** Real processes on what 0.1.0 left, as an operator updates. */
export const processesTests = (database: OldDatabase, kind: DatabaseKind): void => {
  describe('processes', () => {
    let before: unknown[][];
    const rows = async (tables: readonly string[]) =>
      Object.values(await contentsOf(database.strapi, tables));
    const start = (env: Record<string, string> = {}) =>
      startStrapiProcess({
        dir: path.join(database.app.dir, `process ${crypto.randomUUID()}`),
        env,
        database: database.app.databaseEnv,
      });

    /** A running plugin goes on with mail that is on its way, so what stands there is another suite's. */
    const atRest = keptTables.filter((table) => ![...MOVING, ...DECIDED].includes(table));

    beforeAll(async () => {
      await addFirstAdmin(database.strapi);
      // Nothing of it is read.
      await database.strapi.db.getConnection('email_connect_inboxes').update({ state: 'disconnected' });
      // The database keeps the address of a disconnected one no more.
      await database.strapi.db.getConnection('email_connect_inboxes').update({ address_key: null });
      before = await rows(atRest);
    });
    afterEach(() => database.goBack());
    afterAll(async () => {
      await database.restore(['email_connect_inboxes', ...MOVING]);
      await database.refill(DECIDED);
    });

    // Strapi's own start gives up where another process writes to its SQLite file in that moment.
    const atOnce = kind === 'sqlite' ? 1 : 3;

    test(`${atOnce} that start at once on it all start, and it is migrated once`, async () => {
      const started = await Promise.allSettled(Array.from({ length: atOnce }, () => start()));
      const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      await Promise.all(running.map((one) => one.stop()));

      expect(started.filter(({ status }) => status === 'rejected')).toEqual([]);
      const begun = running.filter((one) => one.logs().includes('Migration 1 (one table prefix) begins.'));
      expect(begun).toHaveLength(1);
      expect(await rows(atRest.map(newName))).toMatchObject(before);
    }, 180_000);

    test('a kill -9 in the middle of it: the next start ends it', async () => {
      const dying = start({
        NODE_OPTIONS: `--require ${preload}`,
        CRASH_BEFORE: '(alter table|rename table).*ec_locations',
      });
      await expect(dying).rejects.toThrow(/strapi start ended with null/);
      expect(await database.tables()).toEqual(expect.arrayContaining(['email_connect_leases', 'ec_outbox']));

      await database.expireLocks();
      const next = await start();
      await next.stop();

      expect(await rows(atRest.map(newName))).toMatchObject(before);
    }, 180_000);
  });
};

migrationsAlone(__filename, processesTests);
