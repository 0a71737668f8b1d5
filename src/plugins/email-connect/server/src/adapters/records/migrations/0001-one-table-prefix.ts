import { EmailConnectError } from '../../../domain/errors';
import type { Strapi } from '../base/strapi';
import { changePersistedTables } from '../base/persisted-tables';
import type { MigrationContext, StartMigration } from './migration';

const NAMES = [
  'secrets',
  'oauth_states',
  'folder_cursors',
  'leases',
  'backfills',
  'requests',
  'locations',
  'ids',
  'participants',
  'addresses',
  'contact_links',
  'outbox',
  'quarantine',
  'suggestions',
  'paused_contacts',
  'tombstones',
  'audit',
];
const RENAMED = NAMES.map((name) => ({ from: `ec_${name}`, to: `email_connect_${name}` }));

/** The internal tables get the prefix that the content types have. Their indexes keep their names. */
export const oneTablePrefix: StartMigration = {
  number: 1,
  name: 'one table prefix',
  phase: 'before-schema',
  up: async ({ strapi, assertLock }) => {
    await assertLock();
    await changePersistedTables(strapi, { add: RENAMED.map(({ to }) => to), remove: [] });
    for (const { from, to } of RENAMED) await rename({ strapi, assertLock }, from, to);
    await assertLock();
    await changePersistedTables(strapi, { add: [], remove: RENAMED.map(({ from }) => from) });
  },
};

const rename = async ({ strapi, assertLock }: MigrationContext, from: string, to: string): Promise<void> => {
  const has = (table: string) => strapi.db.getSchemaConnection().hasTable(table);
  if (!(await has(from))) return;
  if (await has(to)) {
    // An earlier start made one of the two tables because it did not find the other; that one is empty.
    const empty = (await isEmpty(strapi, to)) ? to : from;
    if (empty === from && !(await isEmpty(strapi, from))) throw bothHoldRows(from, to);
    await assertLock();
    await strapi.db.getSchemaConnection().dropTable(empty);
    if (empty === from) return;
  }
  await assertLock();
  await strapi.db.getSchemaConnection().renameTable(from, to);
};

const isEmpty = async (strapi: Strapi, table: string): Promise<boolean> =>
  (await strapi.db.getConnection(table).select('id').limit(1)).length === 0;

const bothHoldRows = (from: string, to: string): EmailConnectError =>
  new EmailConnectError(
    'MIGRATION_FAILED',
    `The tables ${from} and ${to} both hold rows, so that one cannot become the other.`,
    `Look which of them holds what should be kept, empty the other one, and start Strapi again. Until version 0.1.0 the name was ${from}.`
  );
