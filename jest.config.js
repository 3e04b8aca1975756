export default {
  roots: ['<rootDir>/test'],
  // Contact sheets are drawn by `npm run pictures` alone.
  testMatch: ['**/*.spec.ts', ...(process.env.GENKAN_PICTURES === '1' ? ['**/*.pictures.ts'] : [])],
  // Jest neither loads nor compiles modules: see there.
  runtime: '<rootDir>/test/support/plain-runtime.js',
  testEnvironment: '<rootDir>/test/support/plain-environment.js',
  transform: {},
  globalSetup: './test/support/global-setup.js',
  globalTeardown: './test/support/global-teardown.js',
  // One more than cores: each worker waits a part of its time for PostgreSQL and the browser.
  maxWorkers: 3,
  // With a limit each run has new workers, also when it watches: modules are always today's.
  workerIdleMemoryLimit: '1GB',
  // For something that hangs; a busy machine takes its time, above all while it compiles.
  testTimeout: 180_000,
};
