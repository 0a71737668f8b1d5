import { oneMailboxOneInbox } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0003-one-mailbox-one-inbox';
import { isDuplicate } from '../../../src/plugins/email-connect/server/src/adapters/records/base/failures';
import { ensureIndexes } from '../../../src/plugins/email-connect/server/src/adapters/records/schema/schema';
import { dieBefore } from '../../support/dying-connection';
import { migrationsAlone, withPlugin } from './harness';
import type { OldDatabase } from './harness';

const INBOXES = 'email_connect_inboxes';
const SECRETS = 'email_connect_secrets';
const KEY = 'key of two';

/** Number three, with the present plugin, on inboxes as 0.1.0 allowed them. */
export const oneInboxTests = (database: OldDatabase): void => {
  describe('S52: one mailbox, one inbox', () => {
    const db = () => database.strapi.db;
    const inboxes = () => db().getConnection(INBOXES);
    const indexNames = async () =>
      (await db().dialect.schemaInspector.getIndexes(INBOXES)).map(({ name }) => name);
    const assertLock = async () => undefined;
    const up = () => oneMailboxOneInbox.up({ strapi: database.strapi, assertLock });

    const day = (number: number) => new Date(`2026-01-0${number}T00:00:00.000Z`);
    const rows = [
      { document_id: 'early', state: 'ok', address_key: KEY, connected_at: day(1) },
      { document_id: 'late', state: 'paused', address_key: KEY, connected_at: day(3) },
      { document_id: 'as late', state: 'needs_you', address_key: KEY, connected_at: day(3) },
      { document_id: 'ended', state: 'disconnected', address_key: KEY, connected_at: day(4) },
      { document_id: 'other', state: 'ok', address_key: 'key of one', connected_at: day(2) },
      { document_id: 'never', state: 'ok', address_key: KEY, connected_at: null },
    ];
    const ours = rows.map((row) => row.document_id);
    const secretsOf = (documentId: string) =>
      db().getConnection(SECRETS).where({ inbox_document_id: documentId });

    const before = async () => {
      const names = await indexNames();
      await db()
        .getSchemaConnection()
        .alterTable(INBOXES, (table) => {
          if (names.includes('ec_inbox_address_uq')) table.dropUnique([], 'ec_inbox_address_uq');
          if (!names.includes('ec_inbox_address_ix')) table.index(['address_key'], 'ec_inbox_address_ix');
        });
      await forget();
      for (const row of rows) {
        await inboxes().insert({ ...row, label: row.document_id, state_code: '', next_pass_at: day(5) });
        await db()
          .getConnection(SECRETS)
          .insert({ inbox_document_id: row.document_id, kind: 'imapPassword', sealed: 'sealed' });
      }
    };
    const forget = async () => {
      await inboxes().whereIn('document_id', ours).delete();
      await db().getConnection(SECRETS).whereIn('inbox_document_id', ours).delete();
    };

    const expectOneEach = async () => {
      const after = await inboxes()
        .whereIn('document_id', ours)
        .select('document_id', 'state', 'address_key', 'state_code', 'next_pass_at')
        .orderBy('id');
      const gone = {
        state: 'disconnected',
        address_key: null,
        next_pass_at: null,
        state_code: 'INBOX_ALREADY_CONNECTED',
      };
      expect(after).toMatchObject([
        { document_id: 'early', ...gone },
        { document_id: 'late', ...gone },
        { document_id: 'as late', state: 'needs_you', address_key: KEY, state_code: '' },
        { document_id: 'ended', state: 'disconnected', address_key: null, state_code: '' },
        { document_id: 'other', state: 'ok', address_key: 'key of one', state_code: '' },
        { document_id: 'never', ...gone },
      ]);
      for (const documentId of ['early', 'late', 'never']) expect(await secretsOf(documentId)).toEqual([]);
      for (const documentId of ['as late', 'other']) expect(await secretsOf(documentId)).toHaveLength(1);
      expect(await indexNames()).not.toContain('ec_inbox_address_ix');
      await ensureIndexes(database.strapi);
      expect(await indexNames()).toContain('ec_inbox_address_uq');
    };

    beforeEach(before, 60_000);
    afterAll(async () => {
      await forget();
      await ensureIndexes(database.strapi);
    });

    test('of several with one address the one that was connected last stays, and the others say why not', async () => {
      await up();
      await expectOneEach();
      const [{ state_reason: reason }] = await inboxes().where({ document_id: 'early' });
      expect(reason).toMatch(/Another inbox with this address is connected/);
    });

    test('killed before any of its statements, it ends well when it is run again', async () => {
      let nth = 1;
      while (await dieBefore(database.strapi, nth, /./, up)) {
        await up();
        await expectOneEach();
        await before();
        nth += 1;
      }
      expect(nth).toBeGreaterThan(8);
      await expectOneEach();
    }, 180_000);

    test('from then on the database holds it', async () => {
      await up();
      await ensureIndexes(database.strapi);
      const second = inboxes().where({ document_id: 'other' }).update({ address_key: KEY });
      // SQLite's driver lives as long as the worker: its errors are of the realm of an earlier suite, and `toThrow` sees none.
      expect(await second.then(() => 'written', isDuplicate)).toBe(true);
    });
  });
};

migrationsAlone(__filename, (database) => {
  beforeAll(() => database.app.restart(withPlugin), 120_000);
  oneInboxTests(database);
});
