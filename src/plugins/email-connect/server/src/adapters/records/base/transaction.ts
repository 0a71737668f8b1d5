import { isOvertaken } from './failures';
import { unlessSilent } from './silence';
import type { Call, Transaction } from './silence';
import type { Strapi } from './strapi';
import { limitTransaction, usually } from './transaction-limits';
import type { TransactionLimits } from './transaction-limits';

/** What may be done while a transaction is open; the query engine joins it by itself, `table` joins it by hand. */
export interface Writer {
  strapi: Strapi;
  /** For what the query engine cannot say: expressions in an update. Columns in snake case. */
  table(name: string): ReturnType<Strapi['db']['getConnection']>;
}

const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction. Where another process was faster (a unique index said no, a deadlock, a busy file),
 * the whole is run again, at most three times: it then reads what the other one wrote. A transaction that hangs is ended
 * by the database within `limits`, and by this process when the database says nothing (P2).
 * Within a transaction that somebody else began it is run once: a deadlock has rolled back theirs too, and on MySQL and
 * MariaDB whatever was run after that would stay without it.
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

/** Strapi awaits knex's `commit()`, which resolves for a COMMIT that failed as well: only the execution tells. */
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
    // Its settings are those of whoever began it.
    if (isWithinAnother) return work(writer);
    execution = trx.executionPromise;
    // It is awaited after the work, which may fail before.
    execution.catch(() => undefined);
    call.begun(trx);
    await readCommitted(strapi, trx);
    return limitTransaction(strapi.db.dialect.client, trx, limits, () => work(writer));
  });
  await execution;
  return result;
};

/**
 * Whoever waited for a row must then see what the other one wrote, as on PostgreSQL. By default MySQL and MariaDB show what
 * was there at the transaction's first SELECT; another level can be chosen only before a transaction begins.
 */
const readCommitted = async (strapi: Strapi, trx: Transaction): Promise<void> => {
  if (strapi.db.dialect.client !== 'mysql') return;
  await trx.raw('rollback');
  await trx.raw('set transaction isolation level read committed');
  await trx.raw('start transaction');
};
