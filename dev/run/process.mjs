import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/** Runs a command quietly, its output in `.cache/email-connect/<name>.log`; throws with the log when it fails. */
export const runQuietly = (root, name, [command, ...args], env = {}) =>
  new Promise((resolve, reject) => {
    const log = path.join(root, '.cache', 'email-connect', `${name}.log`);
    mkdirSync(path.dirname(log), { recursive: true });
    const output = createWriteStream(log);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      output.end(() => {
        if (code === 0) return resolve();
        const said = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-60).join('\n');
        reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}:\n${said}`));
      });
    });
  });

/** Runs a command in the foreground, passes on the signals that end this process, and returns its exit code. */
export const runInFront = (root, [command, ...args], env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
    // A terminal sends SIGINT to the whole process group: the child ends by itself, and this process waits for it.
    const wait = () => {};
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', wait).on('SIGTERM', pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass);
      resolve(exitCode(code, signal));
    });
  });
