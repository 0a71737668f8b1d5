import { toStored } from '../../../domain/stored-word';
import type { RuleAction } from '../../../domain/logging/rule-action';
import { tables } from '../base/names';
import type { StartMigration } from './migration';

const KEEPS_OUT: RuleAction = 'never-log';

/** Rules of before keep mail out. Strapi adds the table of what rules met, in which nothing stands yet. */
export const rulesChooseLevels: StartMigration = {
  number: 11,
  name: 'rules choose levels',
  phase: 'after-schema',
  up: async ({ strapi, assertLock }) => {
    await assertLock();
    await strapi.db
      .getConnection(tables.loggingRule)
      .whereNull('action')
      .update({ action: toStored(KEEPS_OUT) });
  },
};
