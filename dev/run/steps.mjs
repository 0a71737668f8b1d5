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

/** Prints one line for a step: its name, then its result and the time it took. */
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
    await runQuietly(root, name, command(root), env);
    writeStamp(root, name, hash);
  });
};

export const install = (root) =>
  step('install', isInstalled(root), () => runQuietly(root, 'install', [npm, 'ci']));

const SERVER_SOURCES = [
  `${PLUGIN}/package.json`,
  `${PLUGIN}/server`,
  `${PLUGIN}/shared`,
  'package-lock.json',
];

const builds = {
  plugin: {
    name: 'plugin',
    sources: [...SERVER_SOURCES, `${PLUGIN}/admin`],
    outputs: [`${PLUGIN}/dist/server/index.js`, `${PLUGIN}/dist/admin/index.mjs`],
    command: () => [npm, 'run', 'build:plugin'],
    env: quiet,
  },
  app: {
    name: 'app',
    sources: ['config', 'src', 'tsconfig.json', 'package-lock.json'],
    except: ['src/admin/', 'src/plugins/'],
    outputs: ['dist/src/index.js', 'dist/config/database.js'],
    // Not incremental: with its cache tsc would skip files that someone removed from dist.
    command: (root) => [
      process.execPath,
      bin(root, 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.json',
      '--incremental',
      'false',
    ],
  },
  panel: {
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
    command: (root) => [process.execPath, bin(root, '@strapi/strapi', 'bin', 'strapi.js'), 'build'],
    env: withHeap({ ...quiet, NODE_ENV: 'production' }),
  },
};

/** The plugin as a server runs it: a change of the panel's pages does not make it old. */
const server = { name: 'server', sources: SERVER_SOURCES, outputs: [`${PLUGIN}/dist/server/index.js`] };

export const buildPlugin = async (root) => {
  await buildStep(root, builds.plugin);
  writeStamp(root, server.name, hashSources(root, server.sources));
};

export const buildApp = (root) => buildStep(root, builds.app);

export const buildPanel = (root) => buildStep(root, builds.panel);

/** The builds that are missing, or were made from other sources: server, app, panel. */
export const staleBuilds = (root) =>
  [server, builds.app, builds.panel]
    .filter(
      ({ name, sources, except, outputs }) =>
        !isFresh(root, name, outputs, hashSources(root, sources, except))
    )
    .map(({ name }) => name);
