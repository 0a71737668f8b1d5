import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { MailServerProcessArguments, MailServerProcessReady } from '../mail-server/main';

export interface MailServerProcess extends MailServerProcessReady {
  pid: number;
  /** Why the process ended; '' while it runs. */
  ended(): string;
  stop(): void;
}

/** Starts the embedded mail server in a process of its own, so that it can fail alone. */
export const startMailServerProcess = async (
  options: MailServerProcessArguments
): Promise<MailServerProcess> => {
  const main = path.join(__dirname, '..', 'mail-server', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let end = '';
  child.once('exit', (code, signal) => {
    end = signal ? `it was ended by ${signal}` : `it exited with ${code}`;
  });
  const ready = await new Promise<MailServerProcessReady>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve(JSON.parse(line) as MailServerProcessReady)
    );
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The mail server did not start: ${end}.`)));
  });
  return { ...ready, pid: child.pid ?? 0, ended: () => end, stop: () => void child.kill() };
};
