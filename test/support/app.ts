import type { NestExpressApplication } from '@nestjs/platform-express';
import { Pool } from 'pg';
import { createApp } from '../../src/server/app.js';
import { listen } from '../../src/server/doors.js';
import type { Config } from '../../src/config.js';
import { readConfig } from '../../src/read-config.js';
import { Jobs } from '../../src/jobs/jobs.js';
import { MailLanes } from '../../src/mail/mail-lanes.js';
import { Visitor, type VisitorOptions } from './browser.js';
import { Clock } from './clock.js';
import { copyDatabase, type DatabaseCopy } from './database.js';
import { freePort } from './free-port.js';
import { Mailbox } from './mailbox.js';
import { forbidSecondConnections } from './one-connection.js';
import { People } from './people.js';

/** Hashes that no real environment may choose: a seventh of the least work that one can. */
const LIGHT: Partial<Config> = { argon2MemoryKiB: 1_024, argon2Passes: 1 };

/**
 * The real application on a port of its own, with a real database and a real mail server of its
 * own. Replaceable are the clock, the mail server's behaviour and the configuration, nothing else.
 */
export async function startApp(overrides: Partial<Config> = {}): Promise<RunningApp> {
  const database = await copyDatabase();
  const pool = new Pool({ connectionString: database.url, max: 4 });
  // A test may have the server end its connections; the next query takes another one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const mailbox = await Mailbox.start(pool);
  const config = await configFor(database.url, mailbox.url, overrides);
  const running = new RunningApp(config, database, pool, mailbox);
  await running.start();
  return running;
}

export class RunningApp {
  readonly clock: Clock;
  readonly people: People;
  #app: NestExpressApplication | undefined;
  #visitors = 0;

  constructor(
    readonly config: Config,
    private readonly database: DatabaseCopy,
    /** A pool of the test's own: it outlives restarts of the application. */
    readonly pool: Pool,
    readonly mailbox: Mailbox,
  ) {
    this.clock = new Clock(pool);
    this.people = new People(() => this.app, pool);
  }

  /** The Nest application, for results that no page and no mail shows. */
  get app(): NestExpressApplication {
    if (!this.#app) throw new Error('The application is stopped');
    return this.#app;
  }

  get url(): string {
    return this.config.publicUrl;
  }

  async start(): Promise<void> {
    this.#app = await createApp(this.config);
    forbidSecondConnections(this.app);
    await listen(this.app.getHttpServer(), this.config.port, this.config.host);
    await this.app.get(Jobs).start();
    this.app.get(MailLanes).start();
  }

  /** Stops and starts it again, on the same port and database, maybe with another configuration. */
  async restart(overrides: Partial<Config> = {}): Promise<void> {
    await this.app.close();
    Object.assign(this.config, overrides);
    await this.start();
  }

  /** Somebody with a browser of his own, in a network of his own. */
  visitor(options: VisitorOptions = {}): Visitor {
    this.#visitors += 1;
    const network = `10.${this.#visitors >> 8}.${this.#visitors & 255}`;
    return new Visitor(this.url, { address: `${network}.10`, ...options });
  }

  /** Leaves nothing that a spec file, which stays loaded, would keep in memory. */
  async stop(): Promise<void> {
    await this.app.close();
    this.#app = undefined;
    await this.mailbox.goesDown();
    await this.pool.end();
    await this.database.drop();
  }
}

async function configFor(
  databaseUrl: string,
  smtpUrl: string,
  overrides: Partial<Config>,
): Promise<Config> {
  // The port is part of the links in mails, so it must be known before the start.
  const port = await freePort();
  const environment = {
    PORT: String(port),
    SECRET_KEY: 'a secret of the tests, which is 32 bytes long or more',
    TRUST_PROXY: '127.0.0.0/8,::1/128',
    DESK_NETWORKS: '0.0.0.0/0,::/0',
    LOG_LEVEL: 'silent',
    // Mails come in the order in which they were written.
    MAIL_CONCURRENCY: '1',
    SMTP_URL: smtpUrl,
  };
  return Object.assign(readConfig(environment), { embedded: false, databaseUrl }, LIGHT, overrides);
}
