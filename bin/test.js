#!/usr/bin/env node
/** `npm test` does what CI does; `npm test -- <jest's arguments>` runs some specs and no checks. */
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitLike, install, prepare, runNpm, spawnNode } from './prepare.js';

const CHECKS = ['lint', 'types', 'format'];
/** The system's folder in memory, where databases are copied in a tenth of the time. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 30;

const args = process.argv.slice(2);
const folder = mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'genkan-test-'));
const isWhole = args.length === 0;
if (isWhole) prepare();
else install();

const broken = isWhole ? CHECKS.filter((check) => !passes(check)) : [];
const report = join(folder, 'jest.json');
const code = await spawnNode(
  ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...args],
  { ...process.env, GENKAN_TEST_FOLDER: folder },
);
const counted = counts();
rmSync(folder, { recursive: true, force: true });

const passed = counted.passed + (isWhole ? CHECKS.length - broken.length : 0);
const failed = counted.failed + broken.length;
if (broken.length > 0)
  console.log(`\nFailed before the specs: npm run ${broken.join(', npm run ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
exitLike(code === 0 && broken.length > 0 ? 1 : code);

function hasMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES;
  } catch {
    return false;
  }
}

function passes(check) {
  const { status, stdout, stderr } = runNpm(['run', '--silent', check]);
  if (status !== 0) console.log(`✕ npm run ${check}\n${stdout}${stderr}`);
  else console.log(`✓ npm run ${check}`);
  return status === 0;
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
