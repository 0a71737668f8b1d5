import type { DatabaseGate } from './database-gate';
import type { Scene } from './scene';
import type { DatabaseKind, DatabaseSession } from './test-database';

/** A way in which a database fails for a while. */
export interface DatabaseFault {
  begin(): Promise<void>;
  end(): Promise<void>;
}

type Faults = Record<string, DatabaseFault>;

/** What each kind of database does when it is cut off, hangs, is read-only, full, or loses patience with a lock. */
export const databaseFaults = (kind: DatabaseKind, scene: Scene, gate: DatabaseGate | null): Faults => {
  if (kind === 'sqlite') return onSqlite(scene);
  if (!gate) throw new Error('A database server is behind a gate.');
  const ofServer: Faults = {
    'is cut off': { begin: async () => gate.shut(), end: async () => gate.open() },
    hangs: { begin: async () => gate.hold(), end: async () => gate.release() },
  };
  return { ...ofServer, ...(kind === 'postgres' ? onPostgres(scene) : onMariadb(scene)) };
};

const onSqlite = (scene: Scene): Faults => {
  let writer: DatabaseSession | null = null;
  const triggers = ['insert', 'update'];
  return {
    'is locked by another program': {
      begin: async () => {
        writer = await scene.openDatabase();
        await writer.run('begin immediate');
      },
      end: async () => {
        await writer?.run('rollback');
        await writer?.close();
      },
    },
    'is full': {
      begin: async () => {
        for (const on of triggers) {
          await scene.run(
            `create trigger full_${on} before ${on} on email_connect_outbox begin select raise(abort, 'database or disk is full'); end`
          );
        }
      },
      end: async () => {
        for (const on of triggers) await scene.run(`drop trigger full_${on}`);
      },
    },
  };
};

/** Waits for each to be gone: a busy backend dies late, and takes with it whoever borrowed it from a pool meanwhile. */
const ENDS_OTHERS =
  'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';

const onPostgres = (scene: Scene): Faults => {
  let locking: DatabaseSession | null = null;
  const nameOf = async (): Promise<string> =>
    String(Reflect.get(Object((await scene.rows('select current_database() as name'))[0]), 'name'));
  /** A setting that new sessions have, and no session older than that is left. */
  const settingOf = (name: string, value: string): DatabaseFault => ({
    begin: async () => {
      await scene.run(`alter database ${await nameOf()} set ${name} = ${value}`);
      await scene.run(ENDS_OTHERS);
    },
    end: async () => {
      await scene.run(`begin read write; alter database ${await nameOf()} reset ${name}; commit`);
      await scene.run(ENDS_OTHERS);
    },
  });
  const impatient = settingOf('statement_timeout', "'2s'");
  return {
    'is read-only': settingOf('default_transaction_read_only', 'on'),
    'is full': {
      begin: async () => {
        await scene.run(
          `create function no_room() returns trigger language plpgsql as
             $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`
        );
        await scene.run(
          'create trigger no_room before insert or update on email_connect_outbox for each row execute function no_room()'
        );
      },
      end: () => scene.run('drop function no_room() cascade'),
    },
    'gives up waiting for a lock': {
      begin: async () => {
        await impatient.begin();
        locking = await scene.openDatabase();
        await locking.run(
          'set statement_timeout = 0; begin; lock table email_connect_outbox in exclusive mode'
        );
      },
      end: async () => {
        await locking?.run('rollback');
        await locking?.close();
        await impatient.end();
      },
    },
  };
};

const onMariadb = (scene: Scene): Faults => {
  const triggers = ['insert', 'update'];
  /** The outbox takes nothing: these settings are global, and others use this server. */
  const signalling = (errno: number, words: string): DatabaseFault => ({
    begin: async () => {
      for (const on of triggers) {
        await scene.run(
          `create trigger refuse_${on} before ${on} on email_connect_outbox for each row
             signal sqlstate 'HY000' set mysql_errno = ${errno}, message_text = '${words}'`
        );
      }
    },
    end: async () => {
      for (const on of triggers) await scene.run(`drop trigger refuse_${on}`);
    },
  });
  return {
    'is read-only': signalling(1290, 'The server is running with the --read-only option'),
    'is full': signalling(1114, 'The table is full'),
    'gives up waiting for a lock': signalling(1205, 'Lock wait timeout exceeded'),
  };
};
