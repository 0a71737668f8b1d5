import { createRequire } from 'node:module';
import path from 'node:path';
import { isInstalled } from './installed.mjs';
import { runQuietly } from './process.mjs';
import { hashSources, isFresh, writeStamp } from './stamp.mjs';

const PLUGIN = 'src/plugins/email-connect';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const quiet = { STRAPI_TELEMETRY_DISABLED: 'true' };

const bin = (root, ...inPackage) => {
  const from = createRequire(path.join(root, 'package.json'));
  const [name, ...rest] = inPackage;
  return path.join(path.dirname(from.resolve(`${name}/package.json`)), ...rest);
};

// The admin panel needs about 2.5 GB; Node's own limit follows the machine's memory and may be less.
const withHeap = (env) => ({
  ...env,
  NODE_OPTIONS: `--max-old-space-size=4096 ${process.env.NODE_OPTIONS ?? ''}`.trim(),
});

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Prints one line for a step: its name, then what came of it and the time it took. */
export const step = async (name, fresh, work) => {
  if (fresh) return void console.log(`${name.padEnd(9)} up to date`);
  const started = performance.now();
  process.stdout.write(`${name.padEnd(9)} ... `);
  try {
    await work();
    console.log(`done in ${seconds(started)}`);
  } catch (error) {
    console.log(`failed after ${seconds(started)}`);
    throw error;
  }
};

const buildStep = async (root, { name, sources, except, outputs, command, env }) => {
  const hash = hashSources(root, sources, except);
  await step(name, isFresh(root, name, outputs, hash), async () => {
    await runQuietly(root, name, command(), env);
    writeStamp(root, name, hash);
  });
};

export const install = (root) =>
  step('install', isInstalled(root), () => runQuietly(root, 'install', [npm, 'ci']));

export const buildPlugin = (root) =>
  buildStep(root, {
    name: 'plugin',
    sources: [
      `${PLUGIN}/package.json`,
      `${PLUGIN}/server`,
      `${PLUGIN}/admin`,
      `${PLUGIN}/shared`,
      'package-lock.json',
    ],
    outputs: [`${PLUGIN}/dist/server/index.js`, `${PLUGIN}/dist/admin/index.mjs`],
    command: () => [npm, 'run', 'build:plugin'],
    env: quiet,
  });

export const buildApp = (root) =>
  buildStep(root, {
    name: 'app',
    sources: ['config', 'src', 'tsconfig.json', 'package-lock.json'],
    except: ['src/admin/', 'src/plugins/'],
    outputs: ['dist/src/index.js', 'dist/config/database.js'],
    // Not incremental: what tsc remembers would make it skip files that someone removed from dist.
    command: () => [
      process.execPath,
      bin(root, 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.json',
      '--incremental',
      'false',
    ],
  });

export const buildPanel = (root) =>
  buildStep(root, {
    name: 'panel',
    sources: [
      `${PLUGIN}/package.json`,
      `${PLUGIN}/admin`,
      `${PLUGIN}/shared`,
      'src/admin',
      'config/admin.ts',
      'package-lock.json',
    ],
    outputs: ['dist/build/index.html'],
    command: () => [process.execPath, bin(root, '@strapi/strapi', 'bin', 'strapi.js'), 'build'],
    env: withHeap({ ...quiet, NODE_ENV: 'production' }),
  });
