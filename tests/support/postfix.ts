import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../dev/strapi/free-port';
import type { Dovecot } from './dovecot';
import { masterConfig, mainConfig } from './postfix-config';
import type { PostfixPlace } from './postfix-config';
import { addressOf } from './services';
import { until } from './until';

const run = promisify(execFile);
const WAIT_MS = 30_000;

/** A real MTA in front of a Dovecot, which knows the passwords and gets the mail. */
export interface Postfix {
  smtpsPort: number;
  /** Message-IDs of all mail that it has taken, in the order of its log, as often as it has. */
  taken(): Promise<string[]>;
  /** Resolves when nothing waits in its queue: whatever it took is delivered or refused. */
  delivered(): Promise<void>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a Postfix of its own for the caller: one temporary folder, a free port, nothing shared. Needs root. */
export const startPostfix = async (dovecot: Dovecot, domains: readonly string[]): Promise<Postfix> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'email-connect-postfix-'));
  const place: PostfixPlace = {
    directory,
    smtpsPort: await freePort(),
    saslSocket: path.join(dovecot.directory, 'run', 'sasl'),
    lmtpPort: dovecot.lmtpPort,
    domains,
  };
  const config = path.join(directory, 'conf');
  await writeFiles(place, dovecot);
  // Makes the folders of the queue, each with its owner.
  await run('postfix', ['-c', config, 'check']);
  // A process group of its own, so that its workers end with it.
  const master = spawn(addressOf('postfix'), ['-c', config, '-d'], { stdio: 'ignore', detached: true });
  const kill = () => {
    if (master.pid !== undefined && master.exitCode === null && master.signalCode === null) {
      process.kill(-master.pid, 'SIGKILL');
    }
  };
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => master.once('exit', () => resolve()));
  const log = () => readFile(path.join(directory, 'maillog'), 'utf8').catch(() => '');
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const untilIt = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
    await until(holds, async () => `Postfix: ${what}\n${await log()}`, WAIT_MS, 50);
  };
  try {
    await untilIt(async () => /daemon started/.test(await log()), 'it did not start.');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    smtpsPort: place.smtpsPort,
    taken: async () => [...(await log()).matchAll(/cleanup\[\d+\]: \w+: message-id=<([^>]+)>/g)].map(idOf),
    delivered: () => untilIt(async () => (await queued(directory)) === 0, 'its queue is not empty.'),
    log,
    stop,
  };
};

const idOf = ([, id = '']: RegExpMatchArray): string => id;

const writeFiles = async (place: PostfixPlace, { certificate }: Dovecot): Promise<void> => {
  const file = (name: string) => path.join(place.directory, name);
  await chmod(place.directory, 0o755);
  for (const name of ['conf', 'queue', 'data']) await mkdir(file(name));
  await run('chown', ['postfix', file('data')]);
  await writeFile(file('cert.pem'), certificate.cert);
  await writeFile(file('key.pem'), certificate.key, { mode: 0o600 });
  await writeFile(file('conf/main.cf'), mainConfig(place));
  await writeFile(file('conf/master.cf'), masterConfig(place));
};

/** Messages that were taken and are not done with; one that is still coming in is a file of `incoming` too. */
const queued = async (directory: string): Promise<number> => {
  const folders = ['incoming', 'active', 'deferred', 'maildrop'];
  const files = await Promise.all(
    folders.map((folder) =>
      readdir(path.join(directory, 'queue', folder), { recursive: true, withFileTypes: true })
    )
  );
  return files.flat().filter((entry) => entry.isFile()).length;
};
