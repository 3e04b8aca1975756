#!/usr/bin/env node
/** `npm test` does what CI does; `npm test -- <jest's arguments>` runs some specs and no checks. */
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAside, exitLike, install, npmAside, spawnNode } from './prepare.js';

const npmRun = (name) => () => npmAside(['run', '--silent', name]);
const CHECKS = Object.entries({
  lint: npmRun('lint'),
  types: npmRun('types'),
  format: npmRun('format'),
  build: buildAside,
});
/** The system's folder in memory, where databases are copied in a tenth of the time. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 30;

const args = process.argv.slice(2);
const folder = mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'genkan-test-'));
const isWhole = args.length === 0;
install();

const report = join(folder, 'jest.json');
const specs = spawnNode(
  ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...args],
  { ...process.env, GENKAN_TEST_FOLDER: folder },
);
// They have the processor while the specs wait for something.
const checking = isWhole ? runChecks() : { passed: 0, failed: [] };
const code = await specs;
const counted = counts();
rmSync(folder, { recursive: true, force: true });
if (code > 128) process.exit(code);

const checks = await checking;
if (checks.failed.length > 0)
  console.log(`\nFailed beside the specs: npm run ${checks.failed.join(', npm run ')}`);
const [passed, failed] = [counted.passed + checks.passed, counted.failed + checks.failed.length];
console.log(`\n${passed} passed, ${failed} failed`);
exitLike(code === 0 && checks.failed.length > 0 ? 1 : code);

async function runChecks() {
  const failed = [];
  for (const [name, check] of CHECKS) {
    const { status, output } = await check();
    if (status !== 0) failed.push(name);
    console.log(status === 0 ? `✓ npm run ${name}` : `✕ npm run ${name}\n${output}`);
  }
  return { passed: CHECKS.length - failed.length, failed };
}

function hasMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/** A spec file that does not even load counts as one failure. */
function counts() {
  try {
    const told = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: told.numPassedTests,
      failed: told.numFailedTests + told.numRuntimeErrorTestSuites,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
