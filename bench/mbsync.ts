import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Dovecot } from '../tests/support/dovecot';
import { makeGate } from '../tests/support/gate';
import { timed } from './report';

/** isync's mbsync pulls the whole INBOX into a Maildir, over TLS: the time it takes, and the bytes that came. */
export const pullWithMbsync = async (
  dovecot: Dovecot,
  user: string,
  password: string
): Promise<{ ms: number; received: number }> => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'email-connect-bench-'));
  const gate = await makeGate(dovecot.imapsPort);
  const certificate = path.join(dir, 'cert.pem');
  const config = path.join(dir, 'mbsyncrc');
  writeFileSync(certificate, dovecot.certificate.cert);
  writeFileSync(config, configOf(dir, gate.port, certificate, user, password));
  try {
    const ms = await timed(() => run('mbsync', ['-q', '-c', config, 'bench']));
    return { ms, received: gate.received };
  } finally {
    await gate.shut();
    rmSync(dir, { recursive: true, force: true });
  }
};

const configOf = (dir: string, port: number, certificate: string, user: string, password: string): string => `
IMAPAccount server
Host localhost
Port ${port}
User ${user}
Pass "${password}"
SSLType IMAPS
CertificateFile ${certificate}
SystemCertificates no

IMAPStore far
Account server

MaildirStore near
Path ${dir}/
Inbox ${dir}/INBOX
SubFolders Verbatim

Channel bench
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState ${dir}/state-
`;

const run = (command: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}.`))
    );
  });
