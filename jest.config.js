/** Runs under `node --experimental-vm-modules` (see bin/test.js): sources and tests are ES modules. */
import { swc } from './test/support/swc.js';

export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swc] },
  // Imports name the compiled file; where it is one of ours, its source stands beside it.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  globalSetup: './test/support/global-setup.js',
  globalTeardown: './test/support/global-teardown.js',
  // This CommonJS package requires NestJS, which is ES modules. Jest refuses that as a cycle unless
  // it happens before a test's own imports.
  setupFiles: ['@nestjs/throttler'],
  maxWorkers: 2,
  // Each spec file loads all modules anew, and vm modules are never collected.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
