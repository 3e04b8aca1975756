import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.js';
import { holdServer } from './embedded-holder.js';
import { isUnavailable } from './faults.js';
import { portOfServerOn } from './postmaster.js';
import { withClient } from './with-client.js';
import { runProgram, serverUser } from './postgres-programs.js';

const USER = 'genkan';
const START_WITHIN_SECONDS = 60;
const PAUSE_MS = 200;
const LAST_LINES = 5;
/** What every system can bind: macOS takes 103 bytes, Linux 107. */
const LONGEST_SOCKET = 103;

/** The server's address, and the port of the process that works on it. */
type Held = Pick<Config, 'databaseUrl' | 'port'>;

/** The server of ours does not start or does not answer; the message says what its log says. */
export class EmbeddedFailure extends Error {}

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

  /**
   * Starts the server, or finds the one that still runs, recovers or stops. Resolves to a URL of
   * its database.
   * @throws EmbeddedFailure
   */
  async start(database = 'genkan', withinSeconds = START_WITHIN_SECONDS): Promise<string> {
    await this.#initialise();
    for (const until = performance.now() + withinSeconds * 1_000; ; await wait(PAUSE_MS)) {
      try {
        const port = (await portOfServerOn(this.#data)) ?? (await this.#launch());
        return await this.#open(port, database);
      } catch (error) {
        if (performance.now() > until || !isUnavailable(error)) throw await this.explain(error);
      }
    }
  }

  /**
   * Keeps other starts off the server, which would lose it when this one stops it.
   * @throws EmbeddedFailure when another start has it
   */
  async hold({ databaseUrl, port }: Held): Promise<void> {
    const holder = await holdServer(databaseUrl, port);
    if (holder)
      throw new EmbeddedFailure(
        `Another Genkan works on ${this.folder}: process ${holder.pid ?? 'unknown'}, port ` +
          `${holder.port ?? 'unknown'}. Stop it, or give this one a folder of its own by DATA_DIR.`,
      );
  }

  /** False while an application works on it that began after this start. */
  async isFree({ databaseUrl, port }: Held): Promise<boolean> {
    return (await holdServer(databaseUrl, port)) === undefined;
  }

  /** The fault of a start as one that names this server and its log, where it concerns the server. */
  async explain(error: unknown): Promise<unknown> {
    const fails = error instanceof LaunchFailure;
    if (!fails && !isUnavailable(error)) return error;
    const log = (await exists(this.#logFile)) ? await readFile(this.#logFile, 'utf8') : '';
    return new EmbeddedFailure(
      [
        `The demo's own database in ${this.folder} does not ${fails ? 'start' : 'answer'}. Its log ends with:`,
        ...log.trimEnd().split('\n').slice(-LAST_LINES),
      ].join('\n'),
    );
  }

  async stop(): Promise<void> {
    await this.#pgCtl('stop', '-m', 'fast', '-w').catch(() => undefined);
  }

  get #passwordFile(): string {
    return join(this.folder, 'postgres.password');
  }

  // Inside the cluster's folder, the one place that its user may write to.
  get #logFile(): string {
    return join(this.#data, 'server.log');
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
    await runProgram(
      'initdb',
      [
        `--pgdata=${unfinished}`,
        `--username=${USER}`,
        `--pwfile=${this.#passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      this.folder,
    );
    await rename(unfinished, this.#data);
  }

  async #open(port: number, database: string): Promise<string> {
    const password = await readFile(this.#passwordFile, 'utf8');
    // One that was started without has none.
    const hasSocket = await exists(this.#socket(port));
    const host = hasSocket ? encodeURIComponent(this.#data) : '127.0.0.1';
    const url = (name: string) => `postgres://${USER}:${password}@${host}:${port}/${name}`;
    await createDatabase(url('postgres'), database);
    return url(database);
  }

  /** A round trip through it costs less than one over the loopback. */
  #socket(port: number): string {
    return join(this.#data, `.s.PGSQL.${port}`);
  }

  async #launch(): Promise<number> {
    const port = Number(this.settings.port ?? (await freePort()));
    const hasSocket =
      process.platform !== 'win32' && Buffer.byteLength(this.#socket(port)) <= LONGEST_SOCKET;
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: hasSocket ? this.#data : '',
      port: String(port),
      max_connections: '100',
      ...this.settings,
    };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    await this.#pgCtl('start', '-w', '-l', this.#logFile, '-o', options.join(' ')).catch(
      async () => {
        // One that recovers for longer than pg_ctl waits is there all the same.
        if ((await portOfServerOn(this.#data)) === undefined) throw new LaunchFailure();
      },
    );
    this.startedHere = true;
    return port;
  }

  #pgCtl(...args: string[]): Promise<void> {
    return runProgram('pg_ctl', [...args, '-D', this.#data], this.folder);
  }
}

class LaunchFailure extends Error {}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const options = { connectionString: adminUrl, connectionTimeoutMillis: 2_000 };
  await withClient(options, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
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
  return access(file).then(
    () => true,
    () => false,
  );
}
