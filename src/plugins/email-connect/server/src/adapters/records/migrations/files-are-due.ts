import { tables } from '../base/names';
import type { MigrationContext } from './migration';

/** Files that an earlier version could not store, and would never have fetched, are fetched again (S49). */
export const filesAreDue = async ({ strapi, assertLock }: MigrationContext): Promise<void> => {
  await assertLock();
  await strapi.db
    .getConnection(tables.attachment)
    .where({ state: 'failed' })
    .whereNull('retry_at')
    .update({ retry_at: 0, retries: 0 });
};
