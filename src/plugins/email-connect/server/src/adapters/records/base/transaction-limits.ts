import type { Transaction } from './silence';

/** How long a transaction may take, in ms. If the database has limits of its own, the shorter one holds. */
export interface TransactionLimits {
  /** The wait for a row that another transaction has locked. */
  lockMs: number;
  /** One statement. */
  statementMs: number;
  /** The time between two statements: a process that died must not keep its locks (P2). */
  idleMs: number;
  /** How long this process waits for an answer: longer than any statement may take. */
  silenceMs: number;
}

/** Bodies of several MB on a slow disk are written in one statement. */
export const usually: TransactionLimits = {
  lockMs: 10_000,
  statementMs: 30_000,
  idleMs: 20_000,
  silenceMs: 40_000,
};

/** For work that has a lease to keep: it tries again soon. */
export const shortly: TransactionLimits = { ...usually, lockMs: 5_000 };

/** For work on whole tables. */
export const patiently: TransactionLimits = {
  lockMs: 60_000,
  statementMs: 600_000,
  idleMs: 60_000,
  silenceMs: 660_000,
};

/**
 * Runs `work` with these limits on the transaction's connection, and restores the connection before it returns to
 * Strapi's pool.
 */
export const limitTransaction = async <Result>(
  client: string,
  trx: Transaction,
  limits: TransactionLimits,
  work: () => Promise<Result>
): Promise<Result> => {
  if (client === 'postgres') {
    await trx.raw(forPostgres(limits));
    return work();
  }
  return client === 'mysql' ? onMysql(trx, limits, work) : work();
};

/** These settings end with the transaction. */
const forPostgres = ({ lockMs, statementMs, idleMs }: TransactionLimits): string => {
  const limit = (name: string, ms: number) => `set_config('${name}', (extract(epoch from
    least(nullif(current_setting('${name}')::interval, interval '0'), interval '${ms} ms')) * 1000)::bigint::text, true)`;
  return `select ${[
    limit('lock_timeout', lockMs),
    limit('statement_timeout', statementMs),
    limit('idle_in_transaction_session_timeout', idleMs),
  ].join(', ')}`;
};

/**
 * These settings belong to the session, and are restored before another caller gets its connection: so the
 * transaction is ended here, and knex's own COMMIT afterwards ends nothing. Not restored before COMMIT, or a process
 * that dies just then would keep its locks for hours.
 */
const onMysql = async <Result>(
  trx: Transaction,
  limits: TransactionLimits,
  work: () => Promise<Result>
): Promise<Result> => {
  const { begin, end } = mysqlSettings(limits, await hasStatementTime(trx));
  await trx.raw(begin);
  try {
    const result = await work();
    await trx.raw('COMMIT');
    return result;
  } catch (error) {
    await trx.raw('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    // A lost connection has no settings to restore.
    await trx.raw(end).catch(() => undefined);
  }
};

/** In seconds. MySQL has no limit for an idle transaction, but one for an idle connection, as MariaDB has. */
const mysqlSettings = (
  { lockMs, statementMs, idleMs }: TransactionLimits,
  hasTime: boolean
): { begin: string; end: string } => {
  const limits = {
    wait_timeout: idleMs,
    innodb_lock_wait_timeout: lockMs,
    lock_wait_timeout: lockMs,
  };
  const names = [...Object.keys(limits), ...(hasTime ? ['max_statement_time'] : [])];
  const begin = [
    ...names.map((name) => `@ec_${name} = @@session.${name}`),
    ...Object.entries(limits).map(
      ([name, ms]) => `session ${name} = cast(least(@@session.${name}, ${ms / 1000}) as unsigned)`
    ),
    ...(hasTime
      ? [
          `session max_statement_time = coalesce(least(nullif(@@session.max_statement_time, 0), ${statementMs / 1000}), ${statementMs / 1000})`,
        ]
      : []),
  ];
  return {
    begin: `set ${begin.join(', ')}`,
    end: `set ${names.map((name) => `session ${name} = @ec_${name}`).join(', ')}`,
  };
};

const known = new Map<unknown, boolean>();

/** MariaDB has this setting, MySQL has not. Asked once for each database. */
const hasStatementTime = async (trx: Transaction): Promise<boolean> => {
  const { connectionSettings } = trx.client;
  const before = known.get(connectionSettings);
  if (before !== undefined) return before;
  const [rows]: [unknown[]] = await trx.raw("show variables like 'max_statement_time'");
  known.set(connectionSettings, rows.length > 0);
  return rows.length > 0;
};
