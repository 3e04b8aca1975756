import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/root.js';
import { freePort } from '../support/free-port.js';
import { Visitor } from '../support/browser.js';

let folder: string;
let demo: Demo;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkan-demo-'));
  demo = await Demo.start(folder);
});
afterAll(async () => {
  await demo.stops();
  await rm(folder, { recursive: true });
});

/** The demo as somebody starts it at a Japanese terminal. */
class Demo {
  out = '';
  err = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
  }

  static async start(dataDir: string, language = 'ja_JP.UTF-8'): Promise<Demo> {
    const port = await freePort();
    const hooks = join(root, 'test/support/sources.js');
    const child = spawn(process.execPath, ['--import', hooks, join(root, 'src/main.ts')], {
      env: {
        PATH: process.env.PATH,
        LANG: language,
        DATA_DIR: dataDir,
        PORT: String(port),
        ARGON2_MEMORY_KIB: '7168',
        ARGON2_PASSES: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new Demo(child, port);
    while (!started.out.includes('Ctrl-C') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return started;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** By Ctrl-C. @returns the exit code */
  async stops(): Promise<number | null> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGINT');
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}

const log = (name = 'genkan.log') => readFile(join(folder, name), 'utf8');

it('the terminal says where everything is, and shows no line of the log', async () => {
  const { origin, out, err } = demo;
  expect(err).toBe('');
  for (const path of ['/dev', '/login', '/initiate', '/dev/mailbox', '/dev/invoices'])
    expect(out).toMatch(new RegExp(`${origin}${path}(?: |$)`, 'm'));
  expect(out).toMatch(/sato-demo \/ genkan-demo-2026 +佐藤 花子 +管理者 +株式会社みなと製作所/);
  expect(out).toMatch(/法人番号 1000001 +お振込先口座番号 0012345 +青葉商事株式会社/);
  expect(out).toContain(join(folder, 'genkan.log'));
  expect(out).not.toContain('{');
  const rows = out.split('\n').filter((line) => line.includes('-demo / '));
  const columns = rows.map((row) => widthBefore(row, /[株有]/.exec(row)![0]));
  expect(new Set(columns).size).toBe(1);
});

it('the log lies beside the data', async () => {
  await new Visitor(demo.origin).opens('/login');
  expect(lines(await log()).map(({ msg }) => msg)).toContain(`serves ${demo.origin}`);
});

it('a start that fails says why at the terminal, once', async () => {
  const second = await Demo.start(folder, 'en_US.UTF-8');
  expect(await second.stops()).toBe(1);
  expect(second.out).toBe('');
  expect(second.err).toMatch(/^Another Genkan works on \S+: process \d+, port \d+\..*\n$/);
  expect(await log()).toContain('the start failed');
});

it('Ctrl-C ends it, and the next start begins a new log beside the former one', async () => {
  expect(await demo.stops()).toBe(0);
  await expect(access(join(folder, 'genkan.log.1'))).rejects.toThrow();
  const former = await log();
  // A request's line is written after its answer: only the end of the process is a safe moment.
  expect(lines(former).find(({ path }) => path === '/login')).toMatchObject({ status: 200 });
  demo = await Demo.start(folder, 'en_US.UTF-8');
  expect(await log('genkan.log.1')).toBe(former);
  expect(await log()).not.toContain('the start failed');
  expect(demo.out).toContain('The demo of');
});

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** In cells of the terminal. */
function widthBefore(line: string, text: string): number {
  const [before = ''] = line.split(text);
  return [...before].reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0);
}
