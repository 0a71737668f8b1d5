import { isOvertaken } from './failures';
import { unlessSilent } from './silence';
import type { Call, Transaction } from './silence';
import type { Query, Strapi } from './strapi';
import { limitTransaction, usually } from './transaction-limits';
import type { TransactionLimits } from './transaction-limits';

/** What may be done within an open transaction; the query engine joins it by itself, `table` joins it explicitly. */
export interface Writer {
  strapi: Strapi;
  /** For updates with expressions, which the query engine lacks. Columns in snake case. */
  table(name: string): Query;
}

const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction. Where another process was faster (a unique index refused a row, a deadlock, a busy
 * file), the whole is run again, at most three times: it then reads what the other process wrote. A transaction that
 * hangs is ended by the database within `limits`, and by this process when the database does not answer (P2). Within
 * a transaction of the caller it is run once: a deadlock has rolled back the caller's work too, and on MySQL and
 * MariaDB a further run would be stored without it.
 */
export const inTransaction = async <Result>(
  strapi: Strapi,
  work: (writer: Writer) => Promise<Result>,
  limits: TransactionLimits = usually
): Promise<Result> => {
  const attempts = strapi.db.inTransaction() ? 1 : ATTEMPTS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await unlessSilent(strapi.db.connection, limits.silenceMs, (call) =>
        committed(strapi, work, limits, call)
      );
    } catch (error) {
      if (attempt === attempts || !isOvertaken(error)) throw error;
    }
  }
};

/** Strapi awaits knex's `commit()`, which resolves also when COMMIT failed: only the execution promise rejects. */
const committed = async <Result>(
  strapi: Strapi,
  work: (writer: Writer) => Promise<Result>,
  limits: TransactionLimits,
  call: Call
): Promise<Result> => {
  const isWithinAnother = strapi.db.inTransaction();
  let execution: Promise<unknown> = Promise.resolve();
  const result = await strapi.db.transaction(async ({ trx }) => {
    const writer: Writer = { strapi, table: (name) => strapi.db.getConnection(name).transacting(trx) };
    // The outer transaction's settings hold.
    if (isWithinAnother) return work(writer);
    execution = trx.executionPromise;
    // The execution promise is awaited after the work, which may fail first.
    execution.catch(() => undefined);
    call.begun(trx);
    await readCommitted(strapi, trx);
    return limitTransaction(strapi.db.dialect.client, trx, limits, () => work(writer));
  });
  await execution;
  return result;
};

/**
 * A transaction that waited for a row must then see what the other one wrote, as on PostgreSQL. By default MySQL and
 * MariaDB show the state at the transaction's first SELECT; the level can be changed only before a transaction
 * begins.
 */
const readCommitted = async (strapi: Strapi, trx: Transaction): Promise<void> => {
  if (strapi.db.dialect.client !== 'mysql') return;
  await trx.raw('rollback');
  await trx.raw('set transaction isolation level read committed');
  await trx.raw('start transaction');
};
