import type { StartMigration } from './migration';

/**
 * Strapi adds the table, in which nobody is named yet, and the column, in which the address of every inbox of before
 * counts as the team's. The number keeps a version that does not know them away: it would drop both.
 */
export const whoseAnInboxIs: StartMigration = {
  number: 10,
  name: 'whose an inbox is',
  phase: 'after-schema',
  up: async () => undefined,
};
