import type { Core } from '@strapi/strapi';

const changesSomething = (sql: string): boolean => !/^\s*(select|pragma|rollback)\b/i.test(sql);

/**
 * Runs `work` as in a process that dies before the `nth` statement like `counted` that would change something: that one and all later
 * ones never reach the database, and an open transaction is rolled back, as a database does when a client is gone.
 * false when `work` ended well before.
 */
export const dieBefore = async (
  strapi: Core.Strapi,
  nth: number,
  counted: RegExp,
  work: () => Promise<unknown>
): Promise<boolean> => {
  const client: unknown = Object.getPrototypeOf(strapi.db.connection.client);
  const query: unknown = Reflect.get(Object(client), '_query');
  if (typeof query !== 'function') throw new Error('The database client has no _query.');
  let sent = 0;
  const died = new Error(`The process died before statement ${nth}.`);
  async function askOrDie(this: unknown, connection: unknown, statement: unknown): Promise<unknown> {
    const sql = String(Reflect.get(Object(statement), 'sql'));
    const ask = (asked: unknown): unknown => Reflect.apply(Object(query), this, [connection, asked]);
    if (!changesSomething(sql)) return ask(statement);
    if (counted.test(sql)) sent += 1;
    if (sent < nth) return ask(statement);
    if (/^\s*commit/i.test(sql)) await ask({ ...Object(statement), sql: 'ROLLBACK;' });
    throw died;
  }
  Reflect.set(Object(client), '_query', askOrDie);
  try {
    await work();
    return false;
  } catch (error) {
    if (sent < nth) throw error;
    return true;
  } finally {
    Reflect.set(Object(client), '_query', query);
  }
};
