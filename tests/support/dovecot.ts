import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { makeCertificate } from './certificates';
import type { Certificate } from './certificates';
import { dovecotConfig, MAIL_ID } from './dovecot-config';
import type { DovecotPlace } from './dovecot-config';
import { freePort } from '../../dev/strapi/free-port';

const run = promisify(execFile);
const BINARY = '/usr/sbin/dovecot';
const PATIENCE_MS = 30_000;
const STARTS = 3;

export interface DovecotWish extends Partial<
  Pick<DovecotPlace, 'separator' | 'prefix' | 'connectionsPerUser'>
> {
  /** Passwords by user name. */
  users: Record<string, string>;
  /** Self-signed for `localhost` when left out. */
  certificate?: Certificate;
  /** What IMAP announces after login, in place of Dovecot's own. */
  capability?: string;
  /** Offers COMPRESS=DEFLATE (RFC 4978); transcripts cannot be read then. */
  compress?: boolean;
  /** `maildir`: messages can be put there as files, a thousand times faster than they can be delivered. */
  store?: DovecotPlace['store'];
  /** false: `rawlog` is empty. */
  transcripts?: boolean;
}

export interface Dovecot extends Pick<
  DovecotPlace,
  'directory' | 'imapPort' | 'imapsPort' | 'lmtpPort' | 'submissionPort' | 'relayPort'
> {
  certificate: Certificate;
  /** Delivers over LMTP into the user's INBOX; resolves when the server has it. */
  deliver(user: string, raw: string | Uint8Array): Promise<void>;
  /** Every IMAP command that this user's clients sent after login, decrypted, in text. */
  rawlog(user: string): Promise<string>;
  /** The same, one text a session. */
  sessions(user: string): Promise<string[]>;
  /** Runs one of Dovecot's own tools on this server; resolves with what it printed. */
  doveadm(...args: string[]): Promise<string>;
  /** What Dovecot logged: logins, refused logins, disconnects without one. */
  log(): Promise<string>;
  /** Kills the server with all its connections and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a Dovecot of its own for the caller: one temporary folder, free ports, nothing shared. Needs root.
 * Free ports may be taken before Dovecot has them, so that a start which fails is made anew with others.
 */
export const startDovecot = async (wish: DovecotWish): Promise<Dovecot> => {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(wish);
    } catch (error) {
      if (start === STARTS) throw error;
    }
  }
};

const startOnce = async ({
  separator = '/',
  prefix = '',
  connectionsPerUser = 200,
  users,
  certificate,
  capability = '',
  compress = false,
  store = 'sdbox',
  transcripts = true,
}: DovecotWish): Promise<Dovecot> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'email-connect-dovecot-'));
  const shown = certificate ?? (await makeCertificate());
  const place: DovecotPlace = {
    separator,
    prefix,
    connectionsPerUser,
    directory,
    imapPort: await freePort(),
    imapsPort: await freePort(),
    lmtpPort: await freePort(),
    submissionPort: await freePort(),
    relayPort: await freePort(),
    capability,
    compress,
    store,
    transcripts,
  };
  await writeFiles(place, users, shown);
  // A process group of its own: Dovecot's workers end with it, at once. Asked nicely it takes up to ten seconds.
  const server = spawn(BINARY, ['-F', '-c', path.join(directory, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  // What goes wrong before Dovecot opens its log: a refused configuration, no memory.
  let printed = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const kill = () => killGroup(server);
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await ended(server);
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const log = () => readFile(path.join(directory, 'dovecot.log'), 'utf8').catch(() => '');
  try {
    const ports = [place.imapPort, place.lmtpPort, place.submissionPort];
    await Promise.all(ports.map((port) => listening(port, server)));
  } catch (cause) {
    const said = `${printed}${await log()}`;
    await stop();
    throw new Error(`Dovecot did not start: ${String(cause)}\n${said}`, { cause });
  }
  return {
    ...place,
    certificate: shown,
    deliver: (user, raw) => deliver(place.lmtpPort, user, raw),
    doveadm: async (...args) =>
      (await run('doveadm', ['-c', path.join(directory, 'dovecot.conf'), ...args])).stdout,
    rawlog: async (user) => (await readRawlogs(path.join(directory, 'rawlog', user))).join('\n'),
    sessions: (user) => readRawlogs(path.join(directory, 'rawlog', user)),
    log,
    stop,
  };
};

const writeFiles = async (
  place: DovecotPlace,
  users: Record<string, string>,
  certificate: Certificate
): Promise<void> => {
  const file = (name: string) => path.join(place.directory, name);
  await chmod(place.directory, 0o755);
  await mkdir(file('mail'));
  await chown(file('mail'), MAIL_ID, MAIL_ID);
  await mkdir(file('rawlog'));
  for (const user of Object.keys(users)) {
    await mkdir(file(`rawlog/${user}`));
    await chown(file(`rawlog/${user}`), MAIL_ID, MAIL_ID);
  }
  const lines = Object.entries(users).map(([user, password]) => `${user}:{PLAIN}${password}::::::`);
  await writeFile(file('users'), `${lines.join('\n')}\n`);
  await writeFile(file('cert.pem'), certificate.cert);
  await writeFile(file('key.pem'), certificate.key);
  await writeFile(file('dovecot.conf'), dovecotConfig(place));
};

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves once the port takes connections. */
const listening = async (port: number, server: ChildProcess): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!(await takesConnections(port))) {
    if (hasEnded(server)) throw new Error(`It ended with ${server.exitCode ?? server.signalCode}.`);
    if (Date.now() > end) throw new Error(`Port ${port} takes no connections after ${PATIENCE_MS} ms.`);
    await sleep(20);
  }
};

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (taken: boolean) => () => {
      socket.destroy();
      resolve(taken);
    };
    socket.on('connect', answer(true)).on('error', answer(false));
  });

const hasEnded = (server: ChildProcess): boolean => server.exitCode !== null || server.signalCode !== null;

const killGroup = (server: ChildProcess): void => {
  if (server.pid !== undefined && !hasEnded(server)) process.kill(-server.pid, 'SIGKILL');
};

const ended = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (hasEnded(server)) return resolve();
    server.once('exit', () => resolve());
    killGroup(server);
  });

const deliver = (port: number, user: string, raw: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const connection = new SMTPConnection({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
    connection.on('error', reject);
    connection.connect(() => {
      const envelope = { from: 'sender@example.net', to: [user] };
      connection.send(envelope, typeof raw === 'string' ? raw : Buffer.from(raw), (error, info) => {
        connection.quit();
        if (error) reject(error);
        else if (info.rejected.length > 0) reject(new Error(`Not delivered: ${info.response}`));
        else resolve();
      });
    });
  });

const readRawlogs = async (directory: string): Promise<string[]> => {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.in')).sort();
  return Promise.all(files.map((name) => readFile(path.join(directory, name), 'latin1')));
};
