import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;

beforeAll(async () => {
  running = await startApp();
});

afterAll(() => running.stop());

/** @returns all that the server writes before it closes the connection */
async function answersTo(text: string): Promise<string> {
  const socket = connect(running.config.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  let answers = '';
  for await (const part of socket.setEncoding('latin1')) answers += String(part);
  return answers;
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

it.each([
  ['a page that nobody has', '/nope', 404],
  ['the login page', '/login', 200],
  ['a page of people', '/accounts', 303],
  ['the state of the process', '/health/live', 200],
])('many requests at once for %s have one answer', async (_, path, status) => {
  let begun = 0;
  const count = () => (begun += 1);
  running.app.getHttpServer().on('request', count);
  const answers = await answersTo(get(path).repeat(20_000));
  running.app.getHttpServer().off('request', count);
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
  expect(begun).toBe(1);
});

it('the answer of two is whole', async () => {
  const answer = await answersTo(get('/login') + get('/nope'));
  expect(answer).toContain('Connection: close');
  expect(answer).toContain('</html>');
});

it('nothing is done for somebody who has hung up', async () => {
  const responses: ServerResponse[] = [];
  const server = running.app.getHttpServer();
  const keep = (_: unknown, response: ServerResponse) => responses.push(response);
  server.on('request', keep);
  const socket = connect(running.config.port, '127.0.0.1');
  socket.end(get('/login')).resume();
  await once(socket, 'close');
  server.off('request', keep);
  expect(responses.map((response) => response.hasHeader('X-Request-Id'))).toEqual([false]);
});

it('one after the other is answered as ever', async () => {
  const socket = connect(running.config.port, '127.0.0.1').setEncoding('latin1');
  await once(socket, 'connect');
  for (const path of ['/health/live', '/nope', '/health/live']) {
    socket.write(get(path));
    let answer = '';
    while (!/\r\n\r\n/.test(answer)) answer += String((await once(socket, 'data'))[0]);
    const length = Number(/Content-Length: (\d+)/i.exec(answer)?.[1]);
    const whole = answer.indexOf('\r\n\r\n') + 4 + length;
    while (Buffer.byteLength(answer, 'latin1') < whole)
      answer += String((await once(socket, 'data'))[0]);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:200|404)/);
  }
  socket.destroy();
});
