import type { Core } from '@strapi/strapi';
import { EmailConnectError } from '../../domain/errors';
import { isOvertaken } from './failures';
import { unlessSilent } from './silence';
import type { Call, Transaction } from './silence';
import { limitTransaction, usually } from './transaction-limits';
import type { TransactionLimits } from './transaction-limits';

export type Strapi = Core.Strapi;
type Params = Parameters<ReturnType<Strapi['db']['query']>['findMany']>[0];
type Row = Record<string, unknown>;

/** Bound by SQLite's and PostgreSQL's limits on parameters, with room for the rest of a query. */
const IN_LIST = 500;

/** Rows as the query engine maps them: camel case, JSON parsed, times as ISO text, big integers as text. */
export const findRows = async <Found>(strapi: Strapi, uid: string, params: Params): Promise<Found[]> =>
  strapi.db.query(uid).findMany(params);

export const findRow = async <Found>(strapi: Strapi, uid: string, params: Params): Promise<Found | null> =>
  strapi.db.query(uid).findOne(params);

/** The rows whose `column` holds one of `values`, in as few queries as the databases allow. */
export const findRowsIn = async <Found>(
  strapi: Strapi,
  uid: string,
  column: string,
  values: readonly (string | number)[],
  params: NonNullable<Params> = {}
): Promise<Found[]> => {
  const wanted = [...new Set(values)];
  const found: Found[] = [];
  for (let start = 0; start < wanted.length; start += IN_LIST) {
    const where = { ...params.where, [column]: { $in: wanted.slice(start, start + IN_LIST) } };
    found.push(...(await findRows<Found>(strapi, uid, { ...params, where })));
  }
  return found;
};

/** The ids of the records that are there, by their documentIds. */
export const rowIdsOf = async (
  strapi: Strapi,
  uid: string,
  documentIds: readonly string[],
  where: Row = {}
): Promise<Map<string, number>> => {
  const rows = await findRowsIn<{ id: number; documentId: string }>(strapi, uid, 'documentId', documentIds, {
    select: ['id', 'documentId'],
    where,
  });
  return new Map(rows.map(({ id, documentId }) => [documentId, id]));
};

export const insertRows = async (strapi: Strapi, uid: string, rows: Row[]): Promise<void> => {
  if (rows.length > 0) await strapi.db.query(uid).createMany({ data: rows });
};

export const deleteRows = async (strapi: Strapi, uid: string, where: Row): Promise<void> => {
  await strapi.db.query(uid).deleteMany({ where });
};

/** Deletes the rows whose `column` holds one of `values`. */
export const deleteRowsIn = async (
  strapi: Strapi,
  uid: string,
  column: string,
  values: readonly (string | number)[]
): Promise<void> => {
  for (let start = 0; start < values.length; start += IN_LIST) {
    await deleteRows(strapi, uid, { [column]: { $in: values.slice(start, start + IN_LIST) } });
  }
};

/** Deletes rows that were read before. */
export const deleteFound = (strapi: Strapi, uid: string, rows: readonly { id: number }[]): Promise<void> =>
  deleteRowsIn(
    strapi,
    uid,
    'id',
    rows.map(({ id }) => id)
  );

/** The number of rows that matched. */
export const updateRows = async (strapi: Strapi, uid: string, where: Row, data: Row): Promise<number> =>
  (await strapi.db.query(uid).updateMany({ where, data })).count;

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

/** A column of milliseconds as ISO text; the query engine hands big integers out as text. */
export const isoOf = (instant: string | number | null): string | null =>
  instant === null ? null : new Date(Number(instant)).toISOString();

/** ISO text as a column of milliseconds. */
export const instantOf = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);

const NOW_MS: Record<string, string> = {
  sqlite: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
  postgres: 'cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)',
  // Not unix_timestamp(now(3)), which goes by the session's time zone: where summer time ends, an hour comes twice.
  mysql: "cast(timestampdiff(microsecond, '1970-01-01', utc_timestamp(3)) div 1000 as signed)",
};

/** Now, in milliseconds, by the database's clock: the one that all processes share. */
export const nowMs = (strapi: Strapi): string => {
  const expression = NOW_MS[strapi.db.dialect.client];
  if (expression !== undefined) return expression;
  throw new EmailConnectError(
    'UNEXPECTED',
    `Email Connect does not know the database client "${strapi.db.dialect.client}".`,
    'Use SQLite, PostgreSQL, MySQL or MariaDB.'
  );
};
