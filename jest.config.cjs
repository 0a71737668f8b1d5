const swc = {
  jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' },
  module: { type: 'commonjs' },
};

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/tests/support/seed-properties.cjs'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'cjs', 'mjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/src/plugins/email-connect/dist/'],
};

// `records.int.test.ts` runs all of `records/` with one Strapi; each part can be run by itself.
const partsOfSuites = '/tests/integration/[^/]+/';

/** The file name says what a test needs: nothing, a server (`.int`), a browser (`.e2e`). */
module.exports = {
  // Twice what the slowest takes on a machine that is three times as busy.
  testTimeout: 90_000,
  // Most of them wait for servers more than they compute: jest's own choice on two cores would be one worker.
  maxWorkers: 2,
  // What suites leave in a worker makes those after them slow: the models took ten times as long at the end of a run.
  workerIdleMemoryLimit: '700MB',
  globalSetup: '<rootDir>/tests/support/global-setup.cjs',
  reporters: ['default', '<rootDir>/tests/support/skip-reporter.cjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/src/**/*.test.ts',
        '<rootDir>/src/**/*.test.tsx',
        '<rootDir>/dev/**/*.test.ts',
        '<rootDir>/tests/**/*.test.ts',
      ],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.test\\.ts$', '\\.e2e\\.test\\.ts$'],
    },
    {
      ...common,
      displayName: 'int',
      testMatch: [
        '<rootDir>/tests/**/*.int.test.ts',
        '<rootDir>/src/**/*.int.test.ts',
        '<rootDir>/dev/**/*.int.test.ts',
      ],
      testPathIgnorePatterns: ['/node_modules/', partsOfSuites],
    },
    {
      ...common,
      displayName: 'part',
      testMatch: ['<rootDir>/tests/integration/*/*.int.test.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/tests/**/*.e2e.test.ts'],
    },
  ],
};
