import { setTimeout as sleep } from 'node:timers/promises';
import { EmailConnectError } from '../../../domain/errors';
import { nowMs } from '../base/instants';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { LOCKS } from './migration-log';

/** After this long without a renewal a holder counts as dead. */
const TTL_MS = 30_000;
const RENEW_MS = 5_000;
const ASK_MS = 250;

/**
 * `start`: for all changes of a start, Strapi's own comparison of tables included. `steps`: for stepped migrations,
 * one process at a time.
 */
export type LockName = 'start' | 'steps';

export interface Lock {
  /** Throws when another process has taken the lock; else renews it. */
  assertHeld(): Promise<void>;
  /** The same within a transaction: a process that takes the lock meanwhile waits for the end of the transaction. */
  assertHeldIn(writer: Writer): Promise<void>;
  release(): Promise<void>;
}

/**
 * Waits until no other process has the lock. A row with an expiry by the database's clock: the databases' own locks
 * end with the connection, but not behind a pooler (PostgreSQL) or in a cluster (MariaDB).
 */
export const acquireLock = async (
  strapi: Strapi,
  name: LockName,
  holder: string,
  onWait: () => void
): Promise<Lock> => {
  let lock = await tryLock(strapi, name, holder);
  if (!lock) onWait();
  while (!lock) {
    await sleep(ASK_MS);
    lock = await tryLock(strapi, name, holder);
  }
  return lock;
};

/** null while another process has it. */
export const tryLock = async (strapi: Strapi, name: LockName, holder: string): Promise<Lock | null> => {
  await strapi.db
    .getConnection(LOCKS)
    .insert({ name, holder: '', expires_at: 0 })
    .onConflict('name')
    .ignore();
  return (await take(strapi, name, holder)) ? keep(strapi, name, holder) : null;
};

const expiry = (strapi: Strapi) => strapi.db.connection.raw(`${nowMs(strapi)} + ?`, [TTL_MS]);

const take = async (strapi: Strapi, name: LockName, holder: string): Promise<boolean> => {
  const taken: number = await strapi.db
    .getConnection(LOCKS)
    .where({ name })
    .where((free) => void free.where({ holder }).orWhereRaw(`expires_at <= ${nowMs(strapi)}`))
    .update({ holder, expires_at: expiry(strapi) });
  return taken > 0;
};

const keep = (strapi: Strapi, name: LockName, holder: string): Lock => {
  const renew = async (table: ReturnType<Writer['table']>): Promise<boolean> =>
    (await table.where({ name, holder }).update({ expires_at: expiry(strapi) })) > 0;
  // A failure shows at the next assertion; a lock that another process has taken is not renewed.
  const heart = setInterval(() => {
    renew(strapi.db.getConnection(LOCKS)).then(
      (isHeld) => {
        if (!isHeld) clearInterval(heart);
      },
      () => undefined
    );
  }, RENEW_MS).unref();
  return {
    assertHeld: async () => {
      if (!(await renew(strapi.db.getConnection(LOCKS)))) throw lockLost();
    },
    assertHeldIn: async (writer) => {
      if (!(await renew(writer.table(LOCKS)))) throw lockLost();
    },
    release: async () => {
      clearInterval(heart);
      await strapi.db.getConnection(LOCKS).where({ name, holder }).update({ holder: '', expires_at: 0 });
    },
  };
};

const lockLost = (): EmailConnectError =>
  new EmailConnectError(
    'LEASE_LOST',
    'Another process has taken over the migration of the database, so this one stopped.',
    'Nothing to do, once the other process has started: start this one again.'
  );
