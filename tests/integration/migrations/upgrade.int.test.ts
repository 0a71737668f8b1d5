import { tableIndexes } from '../../../src/plugins/email-connect/server/src/adapters/records/schema/indexes';
import { serviceOf } from '../../../src/plugins/email-connect/server/src/services';
import { contentsOf } from '../../support/old-database';
import {
  keptTables as kept,
  LINKS,
  LOCKS,
  LOG,
  newName,
  old,
  withoutPlugin,
  withPlugin,
  migrationsAlone,
} from './harness';
import type { OldDatabase } from './harness';

/** The whole way: Strapi starts with the present plugin on what 0.1.0 left. */
export const upgradeTests = (database: OldDatabase): void => {
  describe('an update from 0.1.0', () => {
    let before: Record<string, unknown[]>;
    /** By the names of before. */
    const contents = async () =>
      Object.fromEntries(
        Object.entries(await contentsOf(database.strapi, kept.map(newName))).map(([, rows], i) => [
          kept[i],
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
        { stage: 'failed' },
      ]);
    });

    test('keeps every row of every table as it was, but for where outgoing mail stands', async () => {
      expect(await contents()).toMatchObject(expectedOf(before));
    });

    test('S51: gives outgoing mail the stages of now; what nobody knows is looked for, or asked of a person', async () => {
      const { ec_outbox: outbox } = await contents();
      expect(outbox).toMatchObject([
        { stage: 'filed' },
        { stage: 'queued', attempts: 0 },
        { stage: 'unknown', attempts: 1, looks: 0 },
        { stage: 'unknown', attempts: 2, looks: 0 },
        { stage: 'sent' },
        { stage: 'refused', error_code: 'RECIPIENT_REFUSED' },
        { stage: 'asked', next_attempt_at: null },
      ]);
      const doubted = (outbox ?? []).map((row: unknown) => Boolean(Reflect.get(Object(row), 'doubted')));
      expect(doubted).toEqual([false, false, true, true, false, false, true]);
    });

    test('leaves no table under its old name', async () => {
      const tables = await database.tables();
      expect(tables.filter((table) => table.startsWith('ec_'))).toEqual([]);
      expect(tables).toEqual(expect.arrayContaining(kept.map(newName)));
    });

    test('S36: a rule holds the id of its inbox, and the relation to the inbox is gone', async () => {
      const { email_connect_logging_rules: rules, email_connect_inboxes: inboxes } = await contents();
      const [inbox] = inboxes ?? [];
      expect(rules).toMatchObject([{ inbox_document_id: Reflect.get(Object(inbox), 'document_id') }]);
      expect(await database.tables()).not.toContain(LINKS);
    });

    test('S42: a rule of before keeps mail out', async () => {
      const { email_connect_logging_rules: rules } = await contents();
      expect(rules).toMatchObject([{ action: 'never_log' }]);
    });

    test('keeps every index that was there but the one that is unique now, and has every index of now', async () => {
      for (const { table, name } of old.indexes)
        if (name !== 'ec_inbox_address_ix') expect(await indexNamesOf(newName(table))).toContain(name);
      expect(await indexNamesOf('email_connect_inboxes')).not.toContain('ec_inbox_address_ix');
      for (const { table, name } of tableIndexes) expect(await indexNamesOf(table)).toContain(name);
    });

    test('protects the new names from being dropped, and the old ones no more', async () => {
      const added = [
        'email_connect_presses',
        'email_connect_news',
        'email_connect_message_addresses',
        'email_connect_message_records',
        'email_connect_access_requests',
        'email_connect_deletion_choices',
        'email_connect_holdings',
        'email_connect_levels',
        'email_connect_named',
        'email_connect_rule_matches',
      ];
      expect([...((await database.persisted()) as string[])].sort()).toEqual(
        [...kept.map(newName), ...added].sort()
      );
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
      expect(log).toMatchObject([
        { number: 1, name: 'one table prefix', position: null },
        { number: 2, name: 'stages of sending', position: null },
        { number: 3, name: 'one mailbox, one inbox', position: null },
        { number: 5, name: 'addresses count', position: null },
        { number: 6, name: 'rules name their inbox', position: null },
        { number: 8, name: 'a request names a contact', position: null },
        { number: 10, name: 'whose an inbox is', position: null },
        { number: 11, name: 'rules choose levels', position: null },
      ]);
      const after = await contents();
      expect(log.filter(({ finished_at }) => finished_at === null)).toEqual([]);
      const lock = await database.strapi.db.getConnection(LOCKS).select('*');
      expect(lock).toMatchObject([{ name: 'start', holder: '' }]);

      await database.app.restart(withPlugin);

      expect(await database.log()).toEqual(log);
      expect(await contents()).toEqual(after);
    }, 120_000);

    test('S33: API tokens that read its mail go on until the site says whether they are to', async () => {
      const siteTokens = serviceOf(database.strapi, 'site-tokens');
      expect(await siteTokens.read()).toBe('undecided');
    });

    test('survives a boot without the plugin', async () => {
      const after = await contents();
      await database.app.restart(withoutPlugin);
      expect(await database.tables()).toEqual(expect.arrayContaining([...kept.map(newName), LOG, LOCKS]));
      await database.app.restart(withPlugin);
      expect(await contents()).toEqual(after);
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

/** Of each row of 0.1.0 what no migration was to change; the query engine's `toMatchObject` leaves new columns out. */
const expectedOf = (before: Record<string, unknown[]>): Record<string, unknown[]> => {
  const without = (table: string, ...columns: string[]) =>
    (before[table] ?? []).map((row) =>
      Object.fromEntries(Object.entries(Object(row)).filter(([column]) => !columns.includes(column)))
    );
  // Who takes part, and where mail stands, is decided anew (`standing`).
  const { ec_participants: _people, ec_contact_links: _links, [LINKS]: _gone, ...others } = before;
  return {
    ...others,
    ec_outbox: without('ec_outbox', 'stage', 'claimed_until', 'next_attempt_at'),
    email_connect_messages: before['email_connect_messages']?.map((row: unknown) => ({
      ...Object(row),
      ...(Reflect.get(Object(row), 'document_id') === 'message0unknown000000000'
        ? { delivery_status: 'asked' }
        : {}),
    })) as unknown[],
  };
};

migrationsAlone(__filename, upgradeTests);
