import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertBuilt } from './assert-built';
import { freePort } from './free-port';
import { strapiAdmin } from './strapi-admin';
import type { StrapiAdmin } from './strapi-admin';
import { testSecrets } from './test-secrets';

const root = path.resolve(__dirname, '..', '..');
const strapiCommand = path.join(root, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');
const READY_MS = 120_000;
const STOP_MS = 20_000;

export interface StrapiProcessOptions {
  /** A folder of this test, for the SQLite file, the attachments and the log. */
  dir: string;
  /** Variables of config/database.ts (`DATABASE_CLIENT`, `DATABASE_HOST`, ...); by default SQLite inside `dir`. */
  database?: Record<string, string>;
  env?: Record<string, string>;
}

export interface StrapiProcess {
  /** Without a slash at the end. */
  url: string;
  pid: number;
  /** The first admin of this database, registered when there was none. */
  admin: StrapiAdmin;
  /** Sends SIGTERM, as a supervisor would; resolves with the exit code (null: ended by a signal). */
  stop(): Promise<number | null>;
  /** SIGKILL: the process gets no chance to tidy up. */
  kill9(): Promise<void>;
  /** Resolves when the process has ended, for whatever reason. */
  ended(): Promise<void>;
  /** Everything that it has written so far, to both outputs. */
  logs(): string;
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_health`)).status === 204;
  } catch {
    return false;
  }
};

/**
 * Starts the production server (`strapi start`) as a process of its own, on a free port of 127.0.0.1, and waits
 * until it answers and its first admin can log in. A process started again on the same `dir` finds its data.
 * Throws with the log when it ends or does not answer within two minutes.
 */
export const startStrapiProcess = async ({
  dir,
  database = {},
  env = {},
}: StrapiProcessOptions): Promise<StrapiProcess> => {
  assertBuilt(['server', 'app']);
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = path.join(dir, 'strapi.log');
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [strapiCommand, 'start'], {
    cwd: root,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      ...testSecrets,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: path.resolve(dir, 'data.db'),
      EMAIL_CONNECT_ATTACHMENTS_DIRECTORY: path.resolve(dir, 'attachments'),
      STRAPI_TELEMETRY_DISABLED: 'true',
      ...database,
      ...env,
    },
  });
  closeSync(log);

  let exit: { code: number | null } | undefined;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      exit = { code };
      resolve(code);
    });
  });
  const logs = () => readFileSync(logFile, 'utf8');
  const kill9 = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const code = await ended;
    clearTimeout(hurry);
    return code;
  };

  try {
    for (const deadline = Date.now() + READY_MS; !(await answers(url)); await sleep(100)) {
      if (exit) throw new Error(`strapi start ended with ${exit.code}:\n${logs()}`);
      if (Date.now() > deadline) throw new Error(`strapi start does not answer on ${url}:\n${logs()}`);
    }
    if (child.pid === undefined) throw new Error('strapi start has no process id.');
    return {
      url,
      pid: child.pid,
      admin: await strapiAdmin(url),
      stop,
      kill9,
      logs,
      ended: async () => void (await ended),
    };
  } catch (error) {
    await kill9();
    throw error;
  }
};
