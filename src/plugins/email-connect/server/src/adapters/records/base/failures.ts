import { EmailConnectError } from '../../../domain/errors';
import { dataRefusalOf, nextStepAfter } from './data-refusal';
import type { DataRefusal } from './data-refusal';

/** Thrown within a transaction to have it run again: a row has changed since it was read. */
export const overtaken = (): Error =>
  Object.assign(new Error('Another process was faster.'), { code: 'EC_OVERTAKEN' });

/** Thrown when the database does not answer. */
export const silent = (): Error =>
  Object.assign(new Error('The database does not answer.'), { code: SILENT });

const SILENT = 'no answer';

const DUPLICATE = ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'ER_DUP_ENTRY'];

/** A unique index refused a row. */
export const isDuplicate = (error: unknown): boolean => DUPLICATE.includes(driverCode(error));

/** Deadlocks, and a database file that another program is writing. */
const CONTENDED = [
  '40001',
  '40P01',
  'ER_LOCK_DEADLOCK',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
];

const OVERTAKEN: ReadonlySet<string> = new Set(['EC_OVERTAKEN', ...DUPLICATE, ...CONTENDED]);

/** Another process was faster: running it again may succeed. */
export const isOvertaken = (error: unknown): boolean => OVERTAKEN.has(driverCode(error));

/** A lock or a statement took too long, or the database ended a transaction that was idle for too long. */
const TIMED_OUT: ReadonlySet<string> = new Set([
  SILENT,
  ...CONTENDED,
  '55P03',
  '57014',
  '25P03',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_QUERY_TIMEOUT',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  // ER_STATEMENT_TIMEOUT and ER_CONNECTION_KILLED of MariaDB, whose names mysql2 does not know.
  '1969',
  '1927',
  // No connection of the pool was free in time.
  'KnexTimeoutError',
]);

/** By its shape, not `instanceof`: a native driver's errors may be made from another context's Error. */
export const driverCode = (error: unknown): string => {
  const code: unknown = Reflect.get(Object(error), 'code');
  if (typeof code === 'string') return code;
  const errno: unknown = Reflect.get(Object(error), 'errno');
  return typeof errno === 'number' ? String(errno) : '';
};

/**
 * The records of one noun, with their errors turned into ours. A driver's message quotes the whole statement, bodies
 * and addresses included (S31), so only its code is passed on. `call` runs each of its methods.
 */
export const guarded = <Noun extends object>(
  noun: Noun,
  call: (work: () => Promise<unknown>) => Promise<unknown>
): Noun =>
  new Proxy(noun, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        try {
          return await call(async () => Reflect.apply(method, target, args));
        } catch (error) {
          throw error instanceof EmailConnectError ? error : databaseFailure(error);
        }
      };
    },
  });

export const databaseFailure = (error: unknown): EmailConnectError => {
  const code = codeOf(error);
  const refusal = dataRefusalOf(code);
  const failure = TIMED_OUT.has(code) ? busy(code) : refusal ? dataRefused(refusal, code) : refused(code);
  if (error instanceof Error) failure.stack = `${failure.name}: ${failure.message}\n${framesOf(error)}`;
  return failure;
};

const busy = (code: string): EmailConnectError =>
  new EmailConnectError(
    'DATABASE_BUSY',
    'The database did not answer Email Connect in time.',
    'Try again in a minute; what Email Connect does by itself it tries again by itself. If it stays, look at what the database is busy with, and at its locks.',
    code
  );

const dataRefused = (refusal: DataRefusal, code: string): EmailConnectError =>
  new EmailConnectError('DATA_REFUSED', 'The database did not take this mail.', nextStepAfter[refusal], code);

const refused = (code: string): EmailConnectError =>
  new EmailConnectError(
    'UNEXPECTED',
    'The database refused a request of Email Connect.',
    'Look whether the database is reachable and has room, then try again.',
    code
  );

/** The driver's code, else the kind of error. */
const codeOf = (error: unknown): string => {
  const code = driverCode(error);
  if (code !== '' || !(error instanceof Error)) return code;
  if (error instanceof TypeError) return error.message;
  if (LOST.test(error.message)) return 'connection lost';
  return error.name === 'Error' ? '' : error.name;
};

/** Messages of pg and mysql2, without a code, about a connection that has ended. */
const LOST = /connection terminated|connection error and is not queryable|connection is in closed state/i;

const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
