import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const support = __dirname;
let folder = '';

/** Runs Jest itself on one small suite, with Redis looked for where nothing listens. */
const runSuite = (source: string, env: Record<string, string> = {}) => {
  writeFileSync(
    path.join(folder, 'sample.test.js'),
    `const { describeWith } = require(${JSON.stringify(path.join(support, 'services.ts'))});\n${source}`
  );
  const config = {
    rootDir: folder,
    testEnvironment: 'node',
    transform: { '\\.tsx?$': [require.resolve('@swc/jest'), { module: { type: 'commonjs' } }] },
    globalSetup: path.join(support, 'global-setup.cjs'),
    reporters: ['default', path.join(support, 'skip-reporter.cjs')],
  };
  const { stdout, status } = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--config', JSON.stringify(config)],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        REQUIRE_SERVICES: '',
        REDIS_URL: 'redis://127.0.0.1:1',
        CORPUS_DIR: folder,
        ...env,
      },
    }
  );
  return { stdout, status };
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'email-connect-skips-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('describeWith and the skip reporter', () => {
  const needsRedis = `describeWith(['corpus', 'redis'], 'queue', () => { test('works', () => {}); });`;

  it('lists a suite whose service is missing, with the way to get it, and succeeds', () => {
    const { stdout, status } = runSuite(needsRedis);

    expect(stdout).toContain('redis (ECONNREFUSED)');
    expect(stdout).toContain('get it: apt-get install -y redis-server');
    expect(stdout).toContain('skipped: sample.test.js › queue');
    expect(stdout).not.toContain('corpus');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 0 failed, 1 skipped');
    expect(status).toBe(0);
  });

  it('fails under REQUIRE_SERVICES=1 when a service is missing', () => {
    const { stdout, status } = runSuite(needsRedis, { REQUIRE_SERVICES: '1' });

    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });

  it('fails under REQUIRE_SERVICES=1 when a test was skipped by hand', () => {
    const { stdout, status } = runSuite(`test('a', () => {}); test.skip('b', () => {});`, {
      REQUIRE_SERVICES: '1',
    });

    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed, 1 skipped');
    expect(status).toBe(1);
  });

  it('runs the suite when its service is there, and then speaks of no skips', () => {
    const { stdout, status } = runSuite(
      `describeWith('corpus', 'mail', () => { test('works', () => {}); });`
    );

    expect(stdout.trim()).toBe('1 passed, 0 failed, 0 skipped');
    expect(status).toBe(0);
  });

  it('counts a suite that could not be loaded as failed', () => {
    const { stdout, status } = runSuite(`throw new Error('no');`);

    expect(stdout.trim()).toBe('0 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });
});
