import { setImmediate as nextTurn } from 'node:timers/promises';
import { EmailConnectError } from '../../../domain/errors';
import type { Ports } from '../../../ports';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { driverCode } from '../base/failures';
import { patiently } from '../base/transaction-limits';
import { migrations } from './list';
import type { Migration, StartMigration, SteppedMigration } from './migration';
import { acquireLock, tryLock } from './migration-lock';
import type { Lock } from './migration-lock';
import { createMigrationTables, LOG_TABLE, logBegun, logPosition, readMigrationLog } from './migration-log';

export interface Migrations {
  /**
   * Runs before Strapi compares the tables with its models. Waits for other processes that start, and keeps the lock
   * until `release`. Throws DATABASE_NEWER, before anything was changed, when a later version was here.
   */
  beforeSchema(): Promise<void>;
  afterSchema(): Promise<void>;
  /** Lets the next process start. */
  release(): Promise<void>;
  /**
   * Continues the stepped migrations while the site works; called by a ticker. Does nothing while it runs already,
   * here or in another process, and once all are done.
   */
  runSteps(): Promise<void>;
  /** Resolves when the present step has ended, and the next process may start. */
  stop(): Promise<void>;
  /** Whether features that need this migration may be used. */
  isDone(number: number): Promise<boolean>;
}

export interface MigrationOptions {
  /** The version of Email Connect. */
  version: string;
  /** Names this process. */
  holder: string;
  logger: Ports['logger'];
  list?: readonly Migration[];
}

/** A table of 0.1.0: without it no version was ever here. */
const FIRST_TABLE = 'email_connect_inboxes';
const isStepped = (migration: Migration): migration is SteppedMigration => migration.phase === 'stepped';

export const createMigrations = (
  strapi: Strapi,
  { version, holder, logger, list = migrations }: MigrationOptions
): Migrations => {
  let startLock: Lock | null = null;
  let steps: Promise<void> | null = null;
  let stopped = false;
  const onWait = () => logger.info('Another process migrates the database; this one waits for it.');

  const release = async () => {
    const lock = startLock;
    startLock = null;
    await lock?.release();
  };

  const pending = async <Kind extends Migration>(kind: (migration: Migration) => migration is Kind) => {
    const ofKind = list.filter(kind);
    if (ofKind.length === 0) return [];
    const finished = await finishedNumbers(strapi);
    return ofKind.filter(({ number }) => !finished.has(number));
  };

  const runAtStart = async (lock: Lock, phase: StartMigration['phase']) => {
    const ofPhase = (migration: Migration): migration is StartMigration => migration.phase === phase;
    for (const migration of await pending(ofPhase)) {
      logger.info(`Migration ${migration.number} (${migration.name}) begins.`);
      await logBegun(strapi, migration, version);
      await migration.up({ strapi, assertLock: lock.assertHeld }).catch(failed(migration));
      await lock.assertHeld();
      await logPosition(strapi, migration.number, null);
      logger.info(`Migration ${migration.number} (${migration.name}) is done.`);
    }
  };

  const runAllSteps = async () => {
    if ((await pending(isStepped)).length === 0) return;
    const lock = await tryLock(strapi, 'steps', holder);
    if (!lock) return;
    try {
      for (const migration of await pending(isStepped)) {
        await logBegun(strapi, migration, version);
        await runStepsOf(strapi, migration, lock, () => stopped).catch(failed(migration));
      }
    } finally {
      await lock.release();
    }
  };

  return {
    release,
    beforeSchema: async () => {
      await createMigrationTables(strapi);
      startLock = await acquireLock(strapi, 'start', holder, onWait);
      try {
        await refuseNewer(strapi, version, list);
        if (!(await strapi.db.getSchemaConnection().hasTable(FIRST_TABLE)))
          await logAllAsDone(strapi, version, list);
        await runAtStart(startLock, 'before-schema');
      } catch (error) {
        await release().catch(() => undefined);
        throw error;
      }
    },
    afterSchema: async () => {
      if (startLock) await runAtStart(startLock, 'after-schema');
    },
    runSteps: async () => {
      if (stopped) return;
      steps ??= runAllSteps().finally(() => (steps = null));
      await steps;
    },
    stop: async () => {
      stopped = true;
      await steps?.catch(() => undefined);
      await release();
    },
    isDone: async (number) => (await finishedNumbers(strapi)).has(number),
  };
};

const finishedNumbers = async (strapi: Strapi): Promise<Set<number>> =>
  new Set((await readMigrationLog(strapi)).filter(({ finished }) => finished).map(({ number }) => number));

/** A new database: Strapi makes the tables in their present form. */
const logAllAsDone = async (strapi: Strapi, version: string, list: readonly Migration[]): Promise<void> => {
  for (const migration of list) {
    await logBegun(strapi, migration, version);
    await logPosition(strapi, migration.number, null);
  }
};

const runStepsOf = async (
  strapi: Strapi,
  { number, step }: SteppedMigration,
  lock: Lock,
  isStopped: () => boolean
): Promise<void> => {
  const logged = (await readMigrationLog(strapi)).find((row) => row.number === number);
  let position: string | null = logged?.position ?? '';
  while (position !== null && !isStopped()) {
    const from: string = position;
    position = await inTransaction(
      strapi,
      async (writer) => {
        await lock.assertHeldIn(writer);
        const to = await step(writer, from);
        await logPosition(strapi, number, to, writer.table(LOG_TABLE));
        return to;
      },
      patiently
    );
    await nextTurn();
  }
};

const refuseNewer = async (strapi: Strapi, version: string, list: readonly Migration[]): Promise<void> => {
  const known = Math.max(0, ...list.map(({ number }) => number));
  const newest = (await readMigrationLog(strapi)).at(-1);
  if (!newest || newest.number <= known) return;
  throw new EmailConnectError(
    'DATABASE_NEWER',
    `This database belongs to Email Connect ${newest.version} or newer (migration ${newest.number}); this is ${version}, which knows migrations up to ${known} and would lose what it does not know.`,
    `Install ${newest.version} or newer, or restore the backup of the database from before the update.`
  );
};

/** A driver's message may quote rows, so only its code is passed on. */
const failed =
  ({ number, name }: Migration) =>
  (error: unknown): never => {
    if (error instanceof EmailConnectError) throw error;
    throw new EmailConnectError(
      'MIGRATION_FAILED',
      `Migration ${number} (${name}) of the database failed.`,
      'Look whether the database is reachable, has room and lets Strapi change tables, then start again: it goes on where it stopped.',
      driverCode(error) || (error instanceof Error ? error.name : '')
    );
  };
