import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../src/root.js';
import { skip } from './fault.js';

const run = promisify(execFile);

export interface FormerVersion {
  name: string;
  /** Installed by its own lock file and built. */
  folder: string;
}

/** The version that was released before this one, taken from the repository's history. */
export async function formerVersion(): Promise<FormerVersion> {
  const name = await formerName();
  const commit = await commitOf(name);
  // Kept from run to run: to install it takes most of a minute.
  const folder = join(tmpdir(), `genkan-${name}-${commit.slice(0, 12)}`);
  if (!existsSync(folder)) await unpack(commit, folder);
  const prepare = pathToFileURL(join(folder, 'bin/prepare.js')).href;
  await run(process.execPath, ['-e', `import('${prepare}').then((it) => it.prepare())`]);
  return { name, folder };
}

async function formerName(): Promise<string> {
  const { version } = JSON.parse(await textOf('package.json')) as { version: string };
  const released = [...(await textOf('CHANGELOG.md')).matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)];
  const names = released.map(([, name]) => name);
  return names[names.indexOf(version) + 1] ?? skip(`CHANGELOG.md names none before ${version}`);
}

function textOf(file: string): Promise<string> {
  return readFile(join(root, file), 'utf8');
}

/**
 * The commit that called it by this name. `FORMER_COMMIT` names another one, where its users got what
 * was made after its name.
 */
async function commitOf(version: string): Promise<string> {
  if (process.env.FORMER_COMMIT) return process.env.FORMER_COMMIT;
  const words = ['log', '--reverse', '--format=%H', `-S"version": "${version}"`, 'package.json'];
  const { stdout } = await run('git', words, { cwd: root }).catch(() => ({ stdout: '' }));
  const [commit] = stdout.split('\n');
  return commit || skip(`git knows no ${version} here: the history is missing (a shallow clone?)`);
}

async function unpack(commit: string, folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  const archive = `${unfinished}.tar`;
  await mkdir(unfinished);
  await run('git', ['archive', '--output', archive, commit], { cwd: root });
  await run('tar', ['-xf', archive, '-C', unfinished]);
  await rm(archive);
  await rename(unfinished, folder);
}
