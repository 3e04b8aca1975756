import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The port of the server that runs on a cluster, if one does. The file that names its process
 * outlives a kill and a power cut, whole or empty, and the number may belong to another program by
 * now: `pg_ctl status` would believe it, and the server would refuse to start. Then it is removed.
 * @param data the cluster's folder
 */
export async function portOfServerOn(data: string): Promise<number | undefined> {
  const file = join(data, 'postmaster.pid');
  const lines = await readFile(file, 'utf8').catch(() => undefined);
  if (lines === undefined) return undefined;
  const [pid, , , port] = lines.split('\n').map(Number);
  if (pid && port && (await isServer(pid, data))) return port;
  await rm(file, { force: true });
  return undefined;
}

/** A server works in its cluster's folder; a zombie works nowhere. */
async function isServer(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return folder === (await realpath(data));
  }
  const [program, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/fi', `pid eq ${pid}`]
      : ['ps', '-o', 'command=', '-p', `${pid}`];
  return run(program!, args).then(
    ({ stdout }) => stdout.includes('postgres'),
    () => false,
  );
}
