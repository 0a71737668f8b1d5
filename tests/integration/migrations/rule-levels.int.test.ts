import { rulesChooseLevels } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0011-rules-choose-levels';
import { migrationsAlone, RULES, withPlugin } from './harness';
import type { OldDatabase } from './harness';

/** Number eleven, with the present plugin. */
export const ruleLevelsTests = (database: OldDatabase): void => {
  describe('S42: rules choose levels', () => {
    const rules = () => database.strapi.db.getConnection(RULES);

    afterEach(() => rules().whereIn('pattern', ['of before', 'of now']).delete());

    test('those of before keep mail out, and what a person chose stays', async () => {
      await rules().insert([
        { document_id: 'of before', pattern: 'of before', action: null },
        { document_id: 'of now', pattern: 'of now', action: 'facts' },
      ]);
      await rulesChooseLevels.up({ strapi: database.strapi, assertLock: async () => undefined });
      expect(
        await rules().whereIn('pattern', ['of before', 'of now']).select('action').orderBy('id')
      ).toEqual([{ action: 'never_log' }, { action: 'facts' }]);
    });
  });
};

migrationsAlone(__filename, (database) => {
  beforeAll(() => database.app.restart(withPlugin), 120_000);
  ruleLevelsTests(database);
});
