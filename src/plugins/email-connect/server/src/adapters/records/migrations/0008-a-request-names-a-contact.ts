import type { StartMigration } from './migration';

/**
 * Strapi adds the columns, which are empty for what was asked before. The number keeps a version that does not know
 * them away: it would drop the contact that a person chose, and log the message on nobody (S45).
 */
export const aRequestNamesAContact: StartMigration = {
  number: 8,
  name: 'a request names a contact',
  phase: 'after-schema',
  up: async () => undefined,
};
