import type { Strapi } from '../base/strapi';
import { tables } from '../base/names';

/**
 * MariaDB and MySQL: for each of our tables that cannot hold every character, a statement that repairs it; []
 * elsewhere. Such a table refuses a mail with an emoji (DATA_REFUSED).
 */
export const charsetRepairs = async (strapi: Strapi): Promise<string[]> => {
  if (strapi.db.dialect.client !== 'mysql') return [];
  const { connection } = strapi.db;
  const prefix = tables.outbox.replace(/outbox$/, '');
  const rows: { name: string }[] = await connection('information_schema.columns')
    .whereRaw('table_schema = database()')
    .whereRaw('table_name like ?', [`${prefix.replaceAll('_', '\\_')}%`])
    .whereNotNull('character_set_name')
    .whereNot('character_set_name', 'utf8mb4')
    .distinct(connection.raw('table_name as name'));
  return rows.map(({ name }) => `ALTER TABLE ${name} CONVERT TO CHARACTER SET utf8mb4;`).sort();
};
