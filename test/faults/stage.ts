import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import { Mailbox } from '../support/mailbox.js';
import { Application } from './application.js';
import { DatabaseServer } from './database-server.js';

const run = promisify(execFile);
const MEMORY = '/dev/shm';

/** A folder of the demo as its first start leaves it: a cluster with people, and the secret. */
export interface Demo {
  folder: string;
  remove(): Promise<void>;
}

/** Made once; each row gets a copy. */
export async function prepareDemo(): Promise<Demo> {
  // In memory where there is some: the disk is no part of any fault.
  const parent = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'genkan-faults-'));
  const folder = join(parent, 'demo');
  const application = await Application.start({ DATA_DIR: folder });
  const exitCode = await application.stop();
  if (exitCode !== 0) throw new Error(`The demo ended with ${exitCode}`);
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** What one row has for itself: a database server with the demo's people, a mail server, a folder. */
export class Stage {
  /** The one that was started last. */
  demo: Application | undefined;
  readonly #ends: (() => unknown)[] = [];
  readonly #applications: Application[] = [];

  private constructor(
    /** For whatever the row needs; goes away at its end. `postgres` in it is the cluster. */
    readonly folder: string,
    /** Fewer rounds are enough. */
    readonly quick: boolean,
    readonly database: DatabaseServer,
    /** Connections of the row's own: they fail and come back with the server. */
    readonly pool: Pool,
    readonly mailbox: Mailbox,
  ) {}

  static async open(demo: Demo, quick: boolean): Promise<Stage> {
    const folder = `${demo.folder}-row`;
    await rm(folder, { recursive: true, force: true });
    // With its owner, who is not the one that copies where that is root.
    await run('cp', ['-a', demo.folder, folder]);
    const database = await DatabaseServer.start(folder);
    const pool = new Pool({ connectionString: database.url, max: 3 });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return new Stage(folder, quick, database, pool, await Mailbox.start(pool));
  }

  /** The built application on this database, as an operator starts it. Resolves when it answers. */
  async startApplication(
    environment: NodeJS.ProcessEnv = {},
    folder?: string,
  ): Promise<Application> {
    const application = await this.spawnApplication(environment, folder);
    await application.answers();
    return application;
  }

  /** The same without waiting, for starts that fail or take their time. */
  async spawnApplication(
    environment: NodeJS.ProcessEnv = {},
    folder?: string,
  ): Promise<Application> {
    const given = { ...this.environment, ...environment };
    const application = await Application.spawn(given, folder);
    this.#applications.push(application);
    return application;
  }

  /** The demo, with this row's cluster as its own database; stop `database` before. */
  async startDemo(folder?: string): Promise<Application> {
    this.demo = await Application.spawn({ DATA_DIR: this.folder }, folder);
    this.#applications.push(this.demo);
    await this.demo.answers();
    return this.demo;
  }

  /** An operator's environment. */
  get environment(): NodeJS.ProcessEnv {
    return {
      DATABASE_URL: this.database.url,
      SMTP_URL: this.mailbox.url,
      PUBLIC_URL: 'https://front.example.jp',
      SECRET_KEY_FILE: join(this.folder, 'secret.key'),
      MAIL_FROM: 'noreply@front.example.jp',
      OPERATOR_NAME: 'げんかん不動産株式会社',
      DESK_MAIL: 'desk@front.example.jp',
      DESK_PHONE: '03-0000-0000',
    };
  }

  atEnd(step: () => unknown): void {
    this.#ends.push(step);
  }

  /** The last lines that the applications wrote. */
  lastWords(): string {
    return this.#applications.flatMap(({ output }) => output.slice(-12)).join('\n');
  }

  async close(): Promise<void> {
    for (const application of this.#applications) await application.kill();
    for (const end of this.#ends.splice(0).toReversed()) await end();
    await this.mailbox.goesDown();
    await this.pool.end();
    await this.database.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}
