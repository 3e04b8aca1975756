/**
 * `npm run bench -- --only log [--quick]`: pages of a company's log of 10,000,000 rows (100,000)
 * beside those of one of 1,000.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EmbeddedPostgres } from '../../src/database/embedded.ts';
import { built, measureLog } from './log-pages.ts';
import { logRows } from './log-rows.ts';
import { number } from './rows.ts';
import { Samples } from './samples.ts';
import { table } from './table.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const samples = new Samples();
const folder = await mkdtemp(join(tmpdir(), 'genkan-log-'));
const { EmbeddedPostgres: Server } = await built<{
  EmbeddedPostgres: new (folder: string) => EmbeddedPostgres;
}>('database/embedded');
const database = new Server(folder);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(1)));
try {
  const rows = options.quick ? 100_000 : 10_000_000;
  await measureLog(await database.start('log'), samples, rows);
  console.log(`\n${table(logRows(samples))}\n\nLoad of the machine: ${number(loadavg()[0]!)}`);
} finally {
  await cleanUp();
}

/** Nothing of ours goes on running, and nothing stays on the disk. */
async function cleanUp(): Promise<void> {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
