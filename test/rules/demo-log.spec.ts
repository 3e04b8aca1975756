import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/read-config.js';
import { beginDemoLog, demoLog } from '../../src/server/demo-log.js';

let folder: string;
let told: string[];
const write = process.stderr.write.bind(process.stderr);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-log-'));
  told = [];
  process.stderr.write = (text: string | Uint8Array) => told.push(String(text)) > 0;
});
afterEach(async () => {
  process.stderr.write = write;
  await rm(folder, { recursive: true });
});

const configOf = (LANG = 'ja') => readConfig({ DATA_DIR: folder, LANG });

it('what goes wrong is said at the terminal, everything stands in the file', async () => {
  const log = demoLog(configOf());
  log.info('quiet');
  log.warn('not so quiet');
  log.error({ err: new Error('the disk is full') }, 'request 3f2a');
  const file = join(folder, 'genkan.log');
  expect(told).toEqual([`問題が起きました：request 3f2a – the disk is full（詳しくは ${file}）\n`]);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'quiet',
    'not so quiet',
    'request 3f2a',
  ]);
});

it('a start that failed is not said twice', () => {
  demoLog(configOf()).fatal('the start failed');
  expect(told).toEqual([]);
});

it('keeps the log of one former start', async () => {
  const file = join(folder, 'genkan.log');
  beginDemoLog(configOf());
  for (const text of ['first', 'second', 'third']) {
    beginDemoLog(configOf());
    await writeFile(file, text);
  }
  expect(await readFile(`${file}.1`, 'utf8')).toBe('second');
  expect(await readFile(file, 'utf8')).toBe('third');
});
