import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/root.js';

/** Lets a program believe that it runs under Node 20. */
const OLD = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-installed-'));
  // As it is installed for production: without sources, and without the Node of the development packages.
  for (const part of ['bin', 'package.json'])
    await cp(join(root, part), join(folder, part), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

it.each(['genkan.js', 'start.js'])('%s says in a sentence that Node is too old', async (file) => {
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, ['--import', OLD, join(folder, 'bin', file)], (error, out, err) =>
      resolve({ exitCode: error?.code, out, err }),
    );
  });
  const err = 'Genkan needs Node 24 or later; this is Node 20.1.0.\n';
  expect(ended).toEqual({ exitCode: 1, out: '', err });
});
