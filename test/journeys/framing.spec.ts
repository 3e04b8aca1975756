import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** All that the server says to these bytes until it closes the connection. */
async function saysTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(running.url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  let said = '';
  socket.on('data', (part: string) => (said += part));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return said;
}

const post = (...head: string[]) =>
  ['POST /login HTTP/1.1', 'Host: genkan.example', 'Sec-Fetch-Site: same-origin', ...head].join(
    '\r\n',
  );
const HIDDEN = 'GET /help HTTP/1.1\r\nHost: genkan.example\r\n\r\n';

const BROKEN: Record<string, string> = {
  'two lengths': `${post('Content-Length: 5', 'Content-Length: 6')}\r\n\r\na=1&b`,
  'a length and chunks': `${post('Content-Length: 3', 'Transfer-Encoding: chunked')}\r\n\r\n0\r\n\r\n`,
  'a length that is none': `${post('Content-Length: 0x5')}\r\n\r\na=1&b`,
  'a chunk whose length is none': `${post('Transfer-Encoding: chunked')}\r\n\r\nx\r\na\r\n0\r\n\r\n`,
  'chunks that are not the last coding': `${post('Transfer-Encoding: chunked, identity')}\r\n\r\n0\r\n\r\n`,
  'a space before a colon': `${post('Content-Length : 3')}\r\n\r\na=1`,
  'a header that goes on in the next line': `${post('X-A: 1', ' Content-Length: 3')}\r\n\r\na=1`,
  'no head at all': 'hello\r\n\r\n',
};

const NUMBERED = /^X-Request-Id: [\da-f]{8}-[\da-f]{4}\r$/m;

it.each(Object.entries(BROKEN))(
  '%s is refused, and nothing behind it is heard',
  async (_, bytes) => {
    const said = await saysTo(bytes + HIDDEN);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toMatch(NUMBERED);
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(said).not.toContain('<html');
  },
);

const head = (length: number) =>
  `GET /health/live HTTP/1.1\r\nHost: genkan.example\r\nConnection: close\r\nX-Long: ${'x'.repeat(length)}\r\n\r\n`;

it('a head of more than 16 KiB is refused, and one of less is read', async () => {
  const said = await saysTo(head(16 * 1024));
  expect(said).toMatch(/^HTTP\/1\.1 431 /);
  expect(said).toMatch(NUMBERED);
  expect(Buffer.from(said, 'latin1').toString()).toContain('URLまたはCookieが長すぎるため');
  expect(Buffer.from(said, 'latin1').toString()).toContain('Cookieをブラウザーの設定で削除');
  const style = /<style>(.*)<\/style>/.exec(said)![1]!;
  const hash = createHash('sha256').update(style).digest('base64');
  expect(said).toContain(`style-src 'sha256-${hash}';`);
  expect(await saysTo(head(15 * 1024))).toMatch(/^HTTP\/1\.1 200 /);
});

it.each(['/login', '/health/live'])('%s is asked of one host', async (path) => {
  const asks = (version: string, ...hosts: string[]) =>
    saysTo([`GET ${path} HTTP/${version}`, ...hosts, 'Connection: close', '', ''].join('\r\n'));
  for (const hosts of [
    ['Host: a.example', 'host: b.example'],
    ['Host: a.example', 'Host: a.example'],
    [],
  ]) {
    const said = await asks('1.1', ...hosts);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toMatch(NUMBERED);
  }
  expect(await asks('1.1', 'Host: a.example')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await asks('1.0')).toMatch(/^HTTP\/1\.1 200 /);
});
