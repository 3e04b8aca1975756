/** What every launcher needs before it runs. For Node 20 and later, without any package. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST_NODE = 24;
const isWindows = process.platform === 'win32';
const isNewEnough = Number(process.versions.node.split('.')[0]) >= OLDEST_NODE;

export const root = fileURLToPath(new URL('..', import.meta.url));
export const inRoot = (...path) => join(root, ...path);

/** Installs and builds what is missing or older than the sources; an image without sources has all. */
export function prepare() {
  if (!existsSync(inRoot('src'))) return;
  install();
  build();
}

export function install() {
  const lock = hashOf(['package-lock.json']);
  const stamp = inRoot('node_modules', '.genkan-lock');
  if (textOf(stamp) === lock) return;
  if (!isNewerThanLock(inRoot('node_modules', '.package-lock.json'))) {
    // NODE_ENV=production would leave out what the build needs.
    npm('Installing packages (once, about a minute) …', 'ci', '--include=dev', '--loglevel=error');
  }
  writeFileSync(stamp, lock);
}

export function build() {
  const pending = pendingBuild();
  if (!pending) return;
  npm('Building …', ...pending.args);
  pending.done();
}

/** The same beside other work; resolves to how it ended. */
export async function buildAside() {
  const pending = pendingBuild();
  if (!pending) return { status: 0, output: '' };
  const ended = await npmAside(pending.args);
  if (ended.status === 0) pending.done();
  return ended;
}

function pendingBuild() {
  const hash = hashOf([
    ...sourceFiles(),
    'bin/build.js',
    'bin/bundle.js',
    'bin/swc.js',
    'package-lock.json',
  ]);
  const stamp = inRoot('dist', '.sources');
  if (textOf(stamp) === hash) return;
  rmSync(stamp, { force: true });
  return { args: ['run', 'build', '--silent'], done: () => writeFileSync(stamp, hash) };
}

export function sourceFiles() {
  const sources = readdirSync(inRoot('src'), { recursive: true })
    .filter((file) => /\.(?:ts|sql)$/.test(file))
    .sort()
    .map((file) => join('src', file));
  return [...sources, 'mikro-orm.config.ts'];
}

/**
 * Runs a built program under Node 24: in this process when it is one, so that signals need no
 * messenger, else in a child of the Node that npm installed.
 */
export async function run(file, args) {
  if (!isNewEnough) return exitLike(await spawnNode([inRoot(file), ...args]));
  // The worker processes of node:cluster are started from argv[1].
  process.argv = [process.execPath, inRoot(file), ...args];
  stopWithNpm();
  await import(pathToFileURL(inRoot(file)).href);
}

/** A child under Node 24 that gets our signals. Resolves to its exit code. */
export function spawnNode(args, env = process.env) {
  const installed = inRoot('node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
  if (!isNewEnough && !existsSync(installed)) return tooOld();
  const child = spawn(isNewEnough ? process.execPath : installed, args, { stdio: 'inherit', env });
  stopWithNpm();
  let told = false;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      if (!told) child.kill(signal);
      told = true;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Where only what runs is installed, no other Node is. */
async function tooOld() {
  console.error(
    `Genkan needs Node ${OLDEST_NODE} or later; this is Node ${process.versions.node}.`,
  );
  return 1;
}

/** npm tells a signal to a shell, which dies of it and tells nobody: when it is gone, we stop too. */
function stopWithNpm() {
  const { ppid } = process;
  if (process.env.npm_lifecycle_event === undefined) return;
  const watching = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watching.unref();
}

export function exitLike(code) {
  process.exitCode = code;
}

/** Runs npm with one line for people; what it says itself is shown when it fails. */
function npm(message, ...args) {
  console.error(message);
  const { status, stdout, stderr, error } = spawnSync('npm', args, npmOptions());
  if (status === 0) return;
  console.error(
    `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}\nnpm ${args.join(' ')} failed.`,
  );
  process.exit(1);
}

/** Runs npm beside other work; resolves to its exit code and to everything that it printed. */
export function npmAside(args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, { ...npmOptions(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', ({ message }) => resolve({ status: 1, output: message }));
    child.once('close', (status) => resolve({ status, output }));
  });
}

/** npm runs under the Node it came with: the one in node_modules goes away while npm replaces it. */
function npmOptions() {
  const own = inRoot('node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== own);
  const env = { ...process.env, PATH: path.join(delimiter) };
  return { cwd: root, env, encoding: 'utf8', shell: isWindows };
}

function isNewerThanLock(file) {
  return (
    existsSync(file) && statSync(file).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs
  );
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.digest('hex');
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
