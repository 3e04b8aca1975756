import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../src/root.js';
import { freePort } from './free-port.js';
import { send, type Answer } from './http.js';
import { until } from './until.js';

export interface LogLine {
  level: number;
  pid: number;
  msg: string;
  cause?: string;
  path?: string;
  status?: number | string;
}

const PUBLIC = 'https://front.example.jp';

type Settings = Record<string, string>;

/** The program as an operator runs it: a process of its own, with its log on stdout. */
export class Program {
  readonly lines: LogLine[] = [];
  readonly exit: Promise<unknown[]>;
  #err = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly metricsPort: number,
  ) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.lines.push(parsed(line)));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#err += text));
    this.exit = once(child, 'close');
  }

  /** What it wrote on stderr. */
  get err(): string {
    return this.#err;
  }

  /** @param settings `DATABASE_URL` and what else differs */
  static async start(settings: Settings): Promise<Program> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const hooks = join(root, 'test/support/sources.js');
    const environment = {
      PATH: process.env.PATH,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PUBLIC_URL: PUBLIC,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      SECRET_KEY: 'a secret of the tests, which is 32 bytes long or more',
      MAIL_FROM: 'noreply@front.example.jp',
      OPERATOR_NAME: 'げんかん不動産株式会社',
      DESK_MAIL: 'desk@front.example.jp',
      DESK_PHONE: '03-0000-0000',
      TRUST_PROXY: '127.0.0.0/8',
      DRAIN_SECONDS: '0',
      ...settings,
    };
    const child = spawn(process.execPath, ['--import', hooks, join(root, 'src/main.ts')], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(child, port, metricsPort);
  }

  /** Resolves once so many web processes said that they serve, one after another or together. */
  async serves(processes = 1): Promise<void> {
    await this.line(
      () => this.lines.filter(({ msg }) => msg.startsWith('serves ')).length >= processes,
    );
  }

  /** Resolves once it said so on stderr. */
  async says(words: string): Promise<void> {
    await until(() => this.#err.includes(words));
  }

  /** Resolves once balancers are told to go elsewhere. */
  async isNotReady(): Promise<void> {
    while ((await this.get('/health/ready')).status === 200);
  }

  /** The first line that is meant, as soon as it is there. */
  async line(isMeant: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(isMeant);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.#err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return send(new URL(path, `http://127.0.0.1:${this.port}`), { method: 'GET', headers });
  }

  /** Posts a form as a page of ours does. */
  post(path: string, fields: Record<string, string>): Promise<Answer> {
    const headers = {
      origin: PUBLIC,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const body = new URLSearchParams(fields).toString();
    return send(new URL(path, `http://127.0.0.1:${this.port}`), { method: 'POST', headers, body });
  }

  /** The same on the port for monitors. */
  monitor(path: string): Promise<Answer> {
    return send(new URL(path, `http://127.0.0.1:${this.metricsPort}`), {
      method: 'GET',
      headers: {},
    });
  }

  /** The value of one series, as `/metrics` prints it. */
  async figure(series: string): Promise<number | undefined> {
    const { text } = await this.monitor('/metrics');
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await this.exit;
  }
}

function parsed(line: string): LogLine {
  return JSON.parse(line) as LogLine;
}
