import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.mjs';
import { runInFront } from './process.mjs';
import { buildApp, buildPanel, buildPlugin, install } from './steps.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const required = createRequire(path.join(root, 'package.json'));

/** Installs and builds; false, with the reason printed, when a step failed. */
const prepare = async (...steps) => {
  try {
    await alone(root, async () => {
      for (const run of [install, ...steps]) await run(root);
    });
    return true;
  } catch (error) {
    console.error(`\n${error.message}`);
    return false;
  }
};

/** Everything that is built, without running it. */
export const build = async () => ((await prepare(buildPlugin, buildApp, buildPanel)) ? 0 : 1);

/** The demo, in the foreground until it is stopped. */
export const demo = async (args) => {
  if (!(await prepare(buildPlugin, buildApp, buildPanel))) return 1;
  return runInFront(root, [process.execPath, '--import', 'tsx', 'dev/demo.ts', ...args]);
};

/** Every suite whose services are there; the admin panel is built only if there is a browser to test it. */
export const test = async (args) => {
  const { chromiumPath } = required('./tests/support/detect-services.cjs');
  const steps = chromiumPath() ? [buildPlugin, buildApp, buildPanel] : [buildPlugin, buildApp];
  if (!(await prepare(...steps))) return 1;
  return runInFront(root, [
    process.execPath,
    path.join(path.dirname(required.resolve('jest/package.json')), 'bin/jest.js'),
    ...(args.some((arg) => arg.startsWith('--selectProjects'))
      ? []
      : ['--selectProjects', 'unit', 'int', 'e2e']),
    ...args,
  ]);
};

/** The benchmarks: all, or those that are named; `--write` writes their table to docs/benchmarks.md. */
export const bench = async (args) => {
  if (!(await prepare(buildPlugin, buildApp))) return 1;
  return runInFront(root, [process.execPath, '--import', 'tsx', 'bench/run.ts', ...args]);
};
