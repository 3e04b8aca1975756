/**
 * `npm run faults [-- NAME … | --only NAME] [--quick]`: bad days, one by one, with a real
 * PostgreSQL, a real mail server and the built application as processes of their own. Prints for
 * each what was seen; ends with `N passed, N failed`, and with exit code 1 when one failed.
 *
 * To add a fault, add a file to `rows`; its name is the fault's name:
 *
 *     import type { Fault } from '../fault.js';
 *
 *     export const fault: Fault = {
 *       must: 'what must happen, as the table of faults says it',
 *       async run(stage) {
 *         const app = await stage.startApplication({ MAIL_CONCURRENCY: '8' });
 *         // `stage.database` and `stage.mailbox` are the row's own; see stage.ts.
 *         check(app.isRunning, 'the process ended');
 *         return 'what was seen, in a few words and figures';
 *       },
 *     };
 *
 * `check` throws, which is a failure; `skip('why')` is for machines that lack something. Nothing
 * has to be cleaned up but what `stage.atEnd` is told. Keep a row below a minute; `stage.quick`
 * asks for fewer rounds.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Skipped, type Fault } from './fault.js';
import { prepareDemo, Stage } from './stage.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' } },
});
const rows = join(import.meta.dirname, 'rows');
const names = readdirSync(rows).map((file) => file.replace(/\.ts$/, ''));
const wanted = [...positionals, ...(options.only ?? [])];
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) {
  console.error(`There is no fault "${unknown}", only ${names.join(', ')}`);
  process.exit(2);
}

let stage: Stage | undefined;
let passed = 0;
let failed = 0;
const demo = await prepareDemo();
for (const end of ['SIGINT', 'SIGTERM', 'uncaughtException'] as const)
  process.once(end, (reason) => {
    console.error(reason);
    void cleanUp().finally(() => process.exit(1));
  });
try {
  for (const name of names.toSorted())
    if (wanted.length === 0 || wanted.includes(name)) await runRow(name);
} finally {
  await cleanUp();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function runRow(name: string): Promise<void> {
  const { fault } = (await import(join(rows, `${name}.ts`))) as { fault: Fault };
  const began = performance.now();
  stage = await Stage.open(demo, options.quick ?? false);
  const { seen, mark } = await outcomeOf(fault, stage);
  await stage.close();
  stage = undefined;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${mark.padEnd(7)} ${name}: ${seen} (${seconds} s)`);
  if (mark === 'FAILED') console.log(`        must: ${fault.must}`);
}

async function outcomeOf(fault: Fault, on: Stage): Promise<{ seen: string; mark: string }> {
  try {
    const seen = await fault.run(on);
    passed += 1;
    return { seen, mark: 'ok' };
  } catch (error) {
    if (error instanceof Skipped) return { seen: error.message, mark: 'skipped' };
    failed += 1;
    return { seen: `${(error as Error).stack}\n${on.lastWords()}`, mark: 'FAILED' };
  }
}

async function cleanUp(): Promise<void> {
  await stage?.close();
  await demo.remove();
}
