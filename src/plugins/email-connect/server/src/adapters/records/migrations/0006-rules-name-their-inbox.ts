import { changePersistedTables } from '../base/persisted-tables';
import { tables } from '../base/names';
import type { StartMigration } from './migration';

const RULES = 'email_connect_logging_rules';
/** The join table of the relation that a rule had to its inbox. */
const LINKS = 'email_connect_logging_rules_inbox_lnk';
const COLUMN = 'inbox_document_id';

/**
 * A logging rule holds the documentId of its inbox; its relation showed the inbox's whole row to whoever sees rules
 * (S36).
 */
export const rulesNameTheirInbox: StartMigration = {
  number: 6,
  name: 'rules name their inbox',
  phase: 'before-schema',
  up: async ({ strapi, assertLock }) => {
    const schema = () => strapi.db.getSchemaConnection();
    if (await schema().hasTable(LINKS)) {
      if (!(await schema().hasColumn(RULES, COLUMN))) {
        await assertLock();
        await schema().alterTable(RULES, (table) => void table.string(COLUMN, 64));
      }
      const inboxOfRule = strapi.db
        .getConnection(LINKS)
        .join(tables.inbox, `${tables.inbox}.id`, `${LINKS}.inbox_id`)
        .where(`${LINKS}.logging_rule_id`, strapi.db.connection.ref(`${RULES}.id`))
        .max(`${tables.inbox}.document_id`);
      await assertLock();
      await strapi.db
        .getConnection(RULES)
        .whereNull(COLUMN)
        .update({ [COLUMN]: inboxOfRule });
      await assertLock();
      await schema().dropTable(LINKS);
    }
    await assertLock();
    await changePersistedTables(strapi, { add: [], remove: [LINKS] });
  },
};
