import { connect, type Socket } from 'node:net';
import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';

const MB = 1024 * 1024;
const BOUNDARY = 'a-boundary';
const IMPORT = '/accounts/invitations/import';
const FILE = `multipart/form-data; boundary=${BOUNDARY}`;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** One connection, as a browser has it: the next request follows the former body. */
class Line {
  readonly closed: Promise<void>;
  #received = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (part) => (this.#received += part.toString('latin1')));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static toApp(): Line {
    return new Line(connect(Number(new URL(running.url).port), '127.0.0.1'));
  }

  /** @returns when all of it was taken, or the connection has ended */
  async sends(...parts: string[]): Promise<void> {
    for (const part of parts) {
      const taken = new Promise<void>((resolve) => this.socket.write(part, () => resolve()));
      await Promise.race([taken, this.closed]);
    }
  }

  async answers(status: number): Promise<void> {
    const head = new RegExp(`HTTP/1.1 ${status} `);
    while (!head.test(this.#received)) await new Promise((resolve) => setImmediate(resolve));
  }

  end(): void {
    this.socket.destroy();
  }
}

function post(path: string, type: string, length: number, more: string[] = []): string {
  const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'X-Forwarded-For: 198.51.100.1'];
  const own = [`Content-Type: ${type}`, `Content-Length: ${length}`, `Origin: ${running.url}`];
  return [...head, ...own, ...more, '', ''].join('\r\n');
}

const health = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
const megabytes = (count: number) => Array.from({ length: count }, () => 'x'.repeat(MB));

describe('behind a body that was refused', () => {
  it.each<[string, string, string, number, number, string[]?]>([
    ['a photo, with a forged cookie', IMPORT, FILE, 303, 12, ['Cookie: session=of.somebody']],
    ['with a file of a stranger, of which nothing is read', IMPORT, FILE, 303, 3],
    ['too large, without a file', '/login', 'application/x-www-form-urlencoded', 413, 3],
    ['of a wrong type', '/login', 'text/plain', 415, 3],
    ['of JSON', '/login', 'application/json', 400, 3],
  ])(
    'the next request is answered: %s',
    async (_, path, type, status, size, more: string[] = []) => {
      const line = Line.toApp();
      await line.sends(post(path, type, size * MB, more), ...megabytes(size));
      await line.answers(status);
      await line.sends(health);
      await line.answers(200);
      line.end();
    },
  );

  it('the next request is answered: from another site', async () => {
    const line = Line.toApp();
    const head = post('/login', 'text/plain', MB, ['Sec-Fetch-Site: cross-site']);
    await line.sends(head, ...megabytes(1));
    await line.answers(403);
    await line.sends(health);
    await line.answers(200);
    line.end();
  });

  it('a body without end loses its connection', async () => {
    const line = Line.toApp();
    await line.sends(post('/login', 'text/plain', 200 * MB), ...megabytes(80));
    await line.closed;
  });
});

it('a person goes on after a file that is too large', async () => {
  const { person } = await office(running);
  await person.opens(IMPORT);
  person.attaches('CSVファイル', Buffer.alloc(3 * MB, 'x'));
  expect((await person.presses('内容を確認する')).status).toBe(413);
  expect((await person.opens(IMPORT)).status).toBe(200);
});
