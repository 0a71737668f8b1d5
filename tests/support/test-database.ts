import { rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import path from 'node:path';
import { Client } from 'pg';
import { addressOf } from './services';

export type DatabaseKind = 'sqlite' | 'postgres' | 'mysql';

/** A database of one test file: what config/database.ts reads, and how to be rid of it. */
export interface TestDatabase {
  env: Record<string, string>;
  drop(): Promise<void>;
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
    drop: () => run(url, `drop database ${name}${kind === 'postgres' ? ' with (force)' : ''}`),
  };
};

const serverEnv = ({ hostname, port, username, password }: URL): Record<string, string> => ({
  DATABASE_HOST: hostname,
  ...(port ? { DATABASE_PORT: port } : {}),
  DATABASE_USERNAME: decodeURIComponent(username),
  DATABASE_PASSWORD: decodeURIComponent(password),
});

const onPostgres = async (connectionString: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const onMariadb = async (uri: string, sql: string): Promise<void> => {
  const connection = await createConnection({ uri });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
};
