import { rulesNameTheirInbox } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0006-rules-name-their-inbox';
import { dieBefore } from '../../support/dying-connection';
import { LINKS, migrationsAlone, old, RULES } from './harness';
import type { OldDatabase } from './harness';

/** Number five, on what 0.1.0 left; Strapi runs without the plugin. */
export const ruleInboxTests = (database: OldDatabase): void => {
  describe('S36: rules name their inbox', () => {
    const db = () => database.strapi.db;
    const rules = () => db().getConnection(RULES);
    const up = () => rulesNameTheirInbox.up({ strapi: database.strapi, assertLock: async () => undefined });
    const inboxes = (): Promise<{ document_id: string }[]> =>
      db().getConnection('email_connect_inboxes').select('document_id').orderBy('id');

    const expectMoved = async () => {
      const [inbox] = await inboxes();
      expect(await rules().select('pattern', 'inbox_document_id').orderBy('id')).toEqual([
        { pattern: 'private.test', inbox_document_id: inbox?.document_id },
        { pattern: 'whole.site', inbox_document_id: null },
      ]);
      expect(await database.tables()).not.toContain(LINKS);
      expect(await database.persisted()).toEqual(old.persistedTables.filter((table) => table !== LINKS));
    };

    beforeAll(() => rules().insert({ document_id: 'of the whole site', pattern: 'whole.site' }));
    afterEach(() => database.goBack());
    afterAll(() => rules().where({ pattern: 'whole.site' }).delete());

    test('each rule keeps its inbox, one of the whole site has none, and the relation is gone', async () => {
      await up();
      await expectMoved();
    });

    test('killed before any of its statements, it ends well when it is run again', async () => {
      let nth = 1;
      while (await dieBefore(database.strapi, nth, /./, up)) {
        await up();
        await expectMoved();
        await database.goBack();
        nth += 1;
      }
      expect(nth).toBeGreaterThan(4);
      await expectMoved();
    }, 180_000);

    test('run again, it leaves alone what a person chose since', async () => {
      await up();
      await rules().where({ pattern: 'private.test' }).update({ inbox_document_id: null });
      await up();
      expect(await rules().whereNotNull('inbox_document_id')).toEqual([]);
    });
  });
};

migrationsAlone(__filename, ruleInboxTests);
