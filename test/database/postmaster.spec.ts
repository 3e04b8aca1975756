import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portOfServerOn } from '../../src/database/postmaster.js';

let data: string;
let pidFile: string;
const started: ChildProcess[] = [];
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'genkan-cluster-'));
  pidFile = join(data, 'postmaster.pid');
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(data, { recursive: true });
});

/** Some program that works in a folder. */
function works(cwd: string): number {
  const child = spawn('sleep', ['600'], { cwd });
  started.push(child);
  return child.pid!;
}

const linesOf = (pid: number | string) => [pid, data, 1_795_000_000, 5_432, '', ''].join('\n');

describe('the server on a cluster', () => {
  it('is found by the process that works in the folder', async () => {
    await writeFile(pidFile, linesOf(works(data)));
    expect(await portOfServerOn(data)).toBe(5_432);
    expect(existsSync(pidFile)).toBe(true);
  });

  it('is not there where nothing is said', async () => {
    expect(await portOfServerOn(data)).toBeUndefined();
  });

  it.each([
    ['nothing', () => ''],
    ['a number that nobody has', () => linesOf(2 ** 30)],
    ['a number that another program has by now', () => linesOf(works(tmpdir()))],
    ['words', () => linesOf('half a')],
    ['half of it', () => String(works(data))],
  ])('is not there where the file holds %s, which is removed', async (_, text) => {
    await writeFile(pidFile, text());
    expect(await portOfServerOn(data)).toBeUndefined();
    expect(existsSync(pidFile)).toBe(false);
  });
});
