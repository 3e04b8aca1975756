import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../src/root.js';
import { Visitor } from '../support/browser.js';
import { quietPort } from './quiet-port.js';
import { send, type Answer } from '../support/http.js';

const START_WITHIN = 60_000;
const PATIENCE = 30_000;

export interface Ask {
  path: string;
  /** Posted when given. */
  form?: Record<string, string>;
  cookie?: string;
  /** The client's address. */
  address?: string;
}

export interface TimedAnswer extends Answer {
  seconds: number;
}

/** The built application as a process of its own, and clients that talk to it. */
export class Application {
  /** Every line of stdout and stderr. */
  readonly output: string[] = [];
  exitCode: number | undefined;

  private constructor(
    readonly port: number,
    readonly metricsPort: number,
    readonly child: ChildProcess,
    /** Of the program. */
    readonly folder: string,
  ) {
    for (const stream of [child.stdout!, child.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.output.push(line));
    child.once('exit', (code, signal) => {
      this.exitCode = code ?? (signal ? 128 : 0);
    });
  }

  /** @param folder of the program, where it is another version */
  static async spawn(environment: NodeJS.ProcessEnv, folder = root): Promise<Application> {
    const port = environment.PORT ? Number(environment.PORT) : await quietPort();
    const metricsPort = await quietPort();
    const env = {
      PATH: process.env.PATH,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      HOST: '127.0.0.1',
      TRUST_PROXY: '127.0.0.0/8',
      ARGON2_MEMORY_KIB: '7168',
      ARGON2_PASSES: '1',
      DRAIN_SECONDS: '0',
      ...environment,
    };
    const child = spawn(process.execPath, [join(folder, 'dist/src/main.js')], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Application(port, metricsPort, child, folder);
  }

  static async start(environment: NodeJS.ProcessEnv): Promise<Application> {
    const application = await Application.spawn(environment);
    await application.answers();
    return application;
  }

  get isRunning(): boolean {
    return this.exitCode === undefined;
  }

  /** What it said about faults of its own. */
  get faults(): string[] {
    return this.output.filter((line) => /"level":[56]0/.test(line));
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Waits for the first login page. */
  async answers(): Promise<void> {
    const until = performance.now() + START_WITHIN;
    for (;;) {
      const status = await this.statusOf({ path: '/login' });
      if (status === 200) return;
      const words = () => this.output.slice(-12).join('\n');
      if (!this.isRunning) throw new Error(`It ended with ${this.exitCode}:\n${words()}`);
      if (performance.now() > until) throw new Error(`It answers ${status}:\n${words()}`);
      await wait(20);
    }
  }

  async ask({ path, form, cookie, address = '192.0.2.1' }: Ask): Promise<TimedAnswer> {
    const began = performance.now();
    const answer = send(new URL(path, this.origin), {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form).toString(),
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        'content-type': form && 'application/x-www-form-urlencoded',
        'x-forwarded-for': address,
        cookie,
      },
    });
    const patience = wait(PATIENCE, undefined, { ref: false }).then(() => {
      throw new Error(`${path} was not answered`);
    });
    const { url, status, headers, text } = await Promise.race([answer, patience]);
    return { url, status, headers, text, seconds: (performance.now() - began) / 1000 };
  }

  /** 0 for no answer at all. */
  async statusOf(ask: Ask): Promise<number> {
    return this.ask(ask).then(
      ({ status }) => status,
      () => 0,
    );
  }

  /** The `Cookie` header of one of the demo's people. */
  async signIn(loginId = 'sato-demo'): Promise<string> {
    const visitor = this.visitor();
    const fields = { loginId, password: 'genkan-demo-2026', next: '/' };
    const { status } = await visitor.sends('POST', '/login', { fields, headers: FORM });
    if (status !== 303) throw new Error(`The sign-in was answered with ${status}`);
    return visitor.jar.header!;
  }

  visitor(address = '192.0.2.1'): Visitor {
    return new Visitor(this.origin, { address });
  }

  /** Milliseconds until the ask is answered with the status. */
  async until(status: number, ask: Ask, patience = PATIENCE): Promise<number> {
    const began = performance.now();
    for (;;) {
      const seen = await this.statusOf(ask);
      const milliseconds = performance.now() - began;
      if (seen === status) return milliseconds;
      if (milliseconds > patience) throw new Error(`${ask.path} still answers ${seen}`);
      await wait(50);
    }
  }

  /** Waits until it ends by itself. Resolves to the exit code. */
  async ends(): Promise<number> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.exitCode!;
  }

  /** By SIGTERM. Resolves to the exit code. */
  async stop(): Promise<number> {
    return this.#end('SIGTERM');
  }

  async kill(): Promise<number> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number> {
    if (this.isRunning) this.child.kill(signal);
    return this.ends();
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
