import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import path from 'node:path';
import { Client } from 'pg';
import { addressOf } from './services';

export type DatabaseKind = 'sqlite' | 'postgres' | 'mysql';

/** A database of one test file: what config/database.ts reads, and how to be rid of it. */
export interface TestDatabase {
  env: Record<string, string>;
  /** One statement, from outside of whatever uses the database. */
  run(sql: string): Promise<void>;
  /** What a query answers, in the types of the database's own driver. */
  rows(sql: string): Promise<unknown[]>;
  /** A connection that stays, for what lasts: a lock, say. */
  open(): Promise<DatabaseSession>;
  drop(): Promise<void>;
}

export interface DatabaseSession {
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes an empty database. The servers behind `postgres` and `mysql` are those that `describeWith` looked for. */
export const createDatabase = async (
  kind: DatabaseKind,
  name: string,
  dir: string
): Promise<TestDatabase> => {
  if (kind === 'sqlite') {
    const filename = path.join(dir, 'data.db');
    return {
      env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: filename },
      run: async (sql) => void onSqlite(filename, (database) => database.prepare(sql).run()),
      rows: async (sql) => onSqlite(filename, (database) => database.prepare(sql).all()),
      open: async () => openSqlite(filename),
      drop: async () => rmSync(filename, { force: true }),
    };
  }
  const url = addressOf(kind === 'postgres' ? 'postgres' : 'mariadb');
  const run = kind === 'postgres' ? onPostgres : onMariadb;
  await run(
    url,
    kind === 'postgres' ? `create database ${name}` : `create database ${name} character set utf8mb4`
  );
  return {
    env: { DATABASE_CLIENT: kind, ...serverEnv(new URL(url)), DATABASE_NAME: name },
    run: async (sql) => void (await run(databaseUrl(url, name), sql)),
    rows: (sql) => run(databaseUrl(url, name), sql),
    open: () => (kind === 'postgres' ? openPostgres : openMariadb)(databaseUrl(url, name)),
    drop: async () =>
      void (await run(url, `drop database ${name}${kind === 'postgres' ? ' with (force)' : ''}`)),
  };
};

const databaseUrl = (url: string, name: string): string => {
  const one = new URL(url);
  one.pathname = `/${name}`;
  return one.href;
};

/** Works on a SQLite file, also while another process has it open. */
export const onSqlite = <T>(filename: string, work: (database: Database) => T): T => {
  const database = new Database(filename, { timeout: 10_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
};

const serverEnv = ({ hostname, port, username, password }: URL): Record<string, string> => ({
  DATABASE_HOST: hostname,
  ...(port ? { DATABASE_PORT: port } : {}),
  DATABASE_USERNAME: decodeURIComponent(username),
  DATABASE_PASSWORD: decodeURIComponent(password),
});

const onPostgres = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const onMariadb = async (uri: string, sql: string): Promise<unknown[]> => {
  const connection = await createConnection({ uri });
  try {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? rows : [];
  } finally {
    await connection.end();
  }
};

const openSqlite = (filename: string): DatabaseSession => {
  const database = new Database(filename, { timeout: 10_000 });
  return { run: async (sql) => void database.exec(sql), close: async () => void database.close() };
};

const openPostgres = async (connectionString: string): Promise<DatabaseSession> => {
  const client = new Client({ connectionString });
  await client.connect();
  return { run: async (sql) => void (await client.query(sql)), close: () => client.end() };
};

const openMariadb = async (uri: string): Promise<DatabaseSession> => {
  const connection = await createConnection({ uri });
  return { run: async (sql) => void (await connection.query(sql)), close: () => connection.end() };
};
