import { execFile } from 'node:child_process';
import { open, rm, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { send } from '../../support/http.js';
import { recovery } from '../crowd.js';
import { check, skip, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

const run = promisify(execFile);

/** The disk with the tables is full; the write-ahead log lies elsewhere. */
export const fault: Fault = {
  must: 'disk full: 503 + Retry-After while it lasts, healed within 2 s of room',
  async run(stage) {
    if (process.getuid?.() !== 0) skip('only root can mount a small disk');
    const { database, pool } = stage;
    const disk = join(stage.folder, 'disk');
    await mkdir(disk);
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=777', 'tmpfs', disk])
      .then(() => true)
      .catch(() => false);
    if (!mounted) skip('no small disk can be mounted here');
    stage.atEnd(async () => {
      await database.stop();
      await run('umount', [disk]);
    });
    const tables = join(disk, 'tables');
    await mkdir(tables, { mode: 0o777 });
    await run('chown', ['nobody', tables]);
    const app = await stage.startApplication();
    await app.signIn();
    await pool.query(`create tablespace small location '${tables}'`);
    await pool.query('alter table recoveries set tablespace small');
    await pool.query('alter table flows set tablespace small');
    // The next row needs a page of its own.
    await pool.query('truncate recoveries, flows cascade');
    await pool.query('checkpoint');
    const filler = join(disk, 'filler');
    await fill(filler, disk);
    const full = await app.ask(recovery(1));
    check(full.status === 503 && 'retry-after' in full.headers, `answered ${full.status}`);
    const counted = await diskFullOf(app.metricsPort);
    check(counted === '1', `the metric tells ${counted}`);
    await rm(filler);
    await pool.query('delete from limit_counters');
    const healed = Math.round(await app.until(303, recovery(2)));
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(healed < 2_000, `healed after ${healed} ms`);
    const slots = await checkSlots(stage, app);
    return `503 with Retry-After, told by the metric, healed in ${healed} ms, ${slots}`;
  },
};

async function fill(file: string, disk: string): Promise<void> {
  const handle = await open(file, 'w');
  const page = Buffer.alloc(4_096);
  try {
    while ((await statfs(disk)).bavail > 0) await handle.write(page);
  } finally {
    await handle.close();
  }
}

async function diskFullOf(port: number): Promise<string | undefined> {
  const url = new URL(`http://127.0.0.1:${port}/metrics`);
  const { text } = await send(url, { method: 'GET', headers: {} });
  return /^genkan_unavailable_total\{cause="disk-full"\} (\d+)$/m.exec(text)?.[1];
}
