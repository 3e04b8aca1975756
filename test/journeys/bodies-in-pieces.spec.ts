import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startApp, type RunningApp } from '../support/app.js';

const FORM = 'application/x-www-form-urlencoded';
const FILE = 'multipart/form-data; boundary=a-boundary';
const IMPORT = '/accounts/invitations/import';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

let refused: Set<string | undefined>;
beforeAll(() => {
  const server = running.app.getHttpServer() as Server;
  server.on('clientError', ({ code }: NodeJS.ErrnoException) => refused.add(code));
});
beforeEach(() => {
  refused = new Set();
});

/** @returns what was answered before the connection ended, or before it was done */
async function answerTo(head: string[], send: (write: (part: string) => void) => unknown) {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1').setNoDelay();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const own = ['Host: localhost', 'X-Forwarded-For: 198.51.100.1', `Origin: ${running.url}`];
  socket.write([head[0], ...own, ...head.slice(1), 'Connection: close', '', ''].join('\r\n'));
  let answer = '';
  socket.on('data', (part) => (answer += part.toString('latin1')));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await send((part) => socket.write(part));
  await closed;
  return answer;
}

const inChunks = (text: string, size: number) =>
  text.replace(
    new RegExp(`.{1,${size}}`, 'gs'),
    (part) => `${part.length.toString(16)}\r\n${part}\r\n`,
  ) + '0\r\n\r\n';
const chunked = (line: string, type: string, ...more: string[]) => [
  line,
  `Content-Type: ${type}`,
  'Transfer-Encoding: chunked',
  ...more,
];

it.each([
  ['a form', 'POST /login', FORM],
  ['a file', `POST ${IMPORT}`, FILE, 'Cookie: session=of.somebody'],
  ['what is refused before it is read', 'POST /login', 'application/json'],
  ['what nobody reads', 'GET /login', FORM],
])('a body of one-byte chunks is refused: %s', async (_, line, type, ...more) => {
  const head = chunked(`${line} HTTP/1.1`, type, ...more);
  const answer = await answerTo(head, (write) => write(inChunks('a'.repeat(60_000), 1)));
  expect([...refused]).toEqual(['BODY_IN_PIECES']);
  // An answer that was under way goes out; who still sends may see none.
  expect(answer.slice(9, 12)).toMatch(/^(?:200|413)?$/);
});

it.each([
  ['a page that reads none', 'GET /login', FORM],
  ['a refusal', 'POST /login', 'application/json'],
])('the connection of a body in chunks ends with %s', async (_, line, type) => {
  const server = running.app.getHttpServer() as Server;
  const entered = once(server, 'connection') as Promise<[Socket]>;
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1').setNoDelay();
  const [served] = await entered;
  const head = chunked(`${line} HTTP/1.1`, type, 'Host: localhost', `Origin: ${running.url}`);
  socket.write([...head, '', '1', 'a', ''].join('\r\n'));
  await once(socket, 'data');
  expect(served.writableEnded).toBe(true);
  socket.destroy();
});

const form = `loginId=nobody-here&password=${'x'.repeat(200)}`;
const long = `${form}&next=${'%2F'.repeat(20_000)}`;

it.each([
  ['in packets of a slow line', long, 100],
  ['letter by letter', form, 1],
])('a form that comes %s is read', async (_, text, size) => {
  const parts = inChunks(text, size);
  const answer = await answerTo(chunked('POST /login HTTP/1.1', FORM), (write) => write(parts));
  expect(answer).toMatch(/^HTTP\/1.1 422 /);
  expect(refused.size).toBe(0);
});

it('so is one whose packets arrive one after the other', async () => {
  const head = ['POST /login HTTP/1.1', `Content-Type: ${FORM}`, `Content-Length: ${form.length}`];
  const answer = await answerTo(head, async (write) => {
    for (const letter of form) {
      write(letter);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  expect(answer).toMatch(/^HTTP\/1.1 422 /);
  expect(refused.size).toBe(0);
});
