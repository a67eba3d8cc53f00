/** One project: every run has the PostgreSQL and the Temporal server that globalSetup starts. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
        },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/setup/closing-line-reporter.js'],
  testTimeout: 120_000,
  // two stacks at a time: much of a test is waiting for timers of the platforms
  maxWorkers: 2,
  // what a worker has loaded for the files before is let go of
  workerIdleMemoryLimit: '2GB',
};
