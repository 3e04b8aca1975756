import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Connection, cookiesOf, requestBytes, type Ask } from './connection.ts';
import { childOf } from './processes.ts';

const root = join(import.meta.dirname, '../..');
const START_WITHIN = 60_000;
const PASSWORD = 'genkan-demo-2026';
const LOGIN_IDS = ['sato-demo', 'suzuki-demo', 'takahashi-demo', 'tanaka-demo', 'ito-demo'];

/** The sign-ins of the demo people, one after the other. */
export const signIns: Ask[] = LOGIN_IDS.map(signInOf);

/** The sign-in of somebody who has the demo's password. */
export function signInOf(loginId: string): Ask {
  return { method: 'POST', path: '/login', form: { loginId, password: PASSWORD, next: '/' } };
}

/** The built application as an operator starts it. */
export class Application {
  /** Milliseconds from the start of the process to the first 200 of the login page. */
  startTime = 0;
  readonly port: number;
  readonly #child: ChildProcess;
  #stopping = false;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (!this.#stopping) console.error(`bench: the application ended (${signal ?? code})`);
    });
  }

  static async start(dataDir: string, environment: NodeJS.ProcessEnv = {}): Promise<Application> {
    const port = await freePort();
    const started = performance.now();
    // As the image starts it.
    const child = spawn(
      process.execPath,
      ['--max-semi-space-size=4', '--heap-growing-percent=40', join(root, 'dist/src/main.js')],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          PATH: process.env.PATH,
          DATA_DIR: dataDir,
          PORT: String(port),
          HOST: '127.0.0.1',
          LOG_LEVEL: 'warn',
          DRAIN_SECONDS: '0',
          TRUST_PROXY: '127.0.0.0/8',
          ...environment,
        },
      },
    );
    const application = new Application(port, child);
    await application.#answers(started + START_WITHIN);
    application.startTime = performance.now() - started;
    return application;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The process that hashes; it is there from the first sign-in on. */
  get hashPid(): number {
    return childOf(this.pid, 'hash-process') ?? 0;
  }

  /** The `Cookie` header of somebody who has signed in and arrived: the first page ends what led to it. */
  async signIn(ask = signIns[0]!): Promise<string> {
    const connection = new Connection(this.port);
    const { status, head } = await connection.ask(requestBytes(ask));
    connection.close();
    if (status !== 303) throw new Error(`The sign-in answered ${status}`);
    const cookies = cookiesOf(head).split('; ');
    return cookies.filter((cookie) => !cookie.includes('arrival=')).join('; ');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  async #answers(until: number): Promise<void> {
    while ((await statusOf(`http://127.0.0.1:${this.port}/login`)) !== 200) {
      if (this.#child.exitCode !== null) throw new Error('The application did not start');
      if (performance.now() > until) throw new Error('The application does not answer');
      await wait(5);
    }
  }
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', () => resolve(undefined));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
