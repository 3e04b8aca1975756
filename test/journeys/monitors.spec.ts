import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { Program } from '../support/program.js';
import { Wire } from '../support/wire.js';

const WARN = 40;
const FATAL = 60;

let database: DatabaseCopy;
let wire: Wire;
let program: Program;
beforeAll(async () => {
  database = await copyDatabase();
  wire = await Wire.to(database.url);
});
afterAll(async () => {
  await wire.end();
  await database.drop();
});

describe('one process', () => {
  beforeAll(async () => {
    program = await Program.start({ DATABASE_URL: wire.url, DRAIN_SECONDS: '600' });
    await program.serves();
  });
  afterAll(() => program.stop());

  it('has health pages and metrics on the port for monitors, and nothing else', async () => {
    for (const path of ['/health/live', '/health/ready'])
      expect(await program.monitor(path)).toMatchObject({
        status: 200,
        headers: { 'x-request-id': expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}$/) },
      });
    expect(await program.monitor('/login')).toMatchObject({ status: 404 });
    const { text } = await program.monitor('/metrics');
    expect(text).toContain('genkan_database_connections{state="most"}');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('genkan_stored_figures_up 1');
  });

  it('counts requests by the pattern of their route', async () => {
    const key = 'a-key-of-a-link-that-nobody-may-read';
    for (const path of ['/login', `/activation/${key}`, '/nowhere', '/health/live'])
      await program.get(path);
    const count = 'genkan_http_requests_total{method="GET"';
    expect(await program.figure(`${count},route="/login",status="200"}`)).toBe(1);
    expect(await program.figure(`${count},route="none",status="404"}`)).toBe(1);
    const { text } = await program.monitor('/metrics');
    expect(text).toContain('route="/activation/:token"');
    expect(text).not.toMatch(new RegExp(`${key}|health`));
  });

  it('writes down why a proxy is refused, once', async () => {
    await program.get('/health/ready', { 'x-forwarded-for': 'nonsense' });
    await program.get('/login', { 'x-forwarded-for': 'nonsense' });
    await program.line(({ status }) => status === 400);
    expect(program.lines.filter(({ cause }) => cause !== undefined)).toEqual([
      expect.objectContaining({
        level: WARN,
        path: '/login',
        cause: expect.stringMatching(/^The trusted proxy \S+ forwarded what is no address: ".+"$/),
      }),
    ]);
  });

  it('says what it can while the database is away, and why on each 503', async () => {
    wire.cut();
    expect(await program.monitor('/health/live')).toMatchObject({ status: 200 });
    const ready = await program.monitor('/health/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({
      status: 'error',
      details: {
        database: { status: 'down', reason: 'unreachable' },
        migrations: { status: 'up' },
      },
    });
    expect(await program.get('/health/ready')).toMatchObject({ status: 503, text: ready.text });
    expect(await program.line(({ msg }) => msg === 'not ready')).toMatchObject({
      level: WARN,
      cause: expect.stringMatching(/^database: unreachable \(.+\)$/),
    });
    const form = { email: 'sato@example.jp' };
    expect(await program.post('/password-reset', form)).toMatchObject({ status: 503 });
    expect(await program.line(({ path }) => path === '/password-reset')).toMatchObject({
      level: WARN,
      status: 503,
      cause: expect.stringMatching(/\S/),
    });
    const { status, text } = await program.monitor('/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/^genkan_unavailable_total\{cause="database-away"\} [1-9]/m);
    wire.mend();
    expect(await program.monitor('/health/ready')).toMatchObject({ status: 200 });
  });

  it('leaves the balancer at SIGTERM while its port is open, hears it once, and drains no longer at SIGINT', async () => {
    const kept = connect(program.port, '127.0.0.1').setEncoding('utf8');
    await once(kept, 'connect');
    expect(await overKept(kept)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: keep-alive\r\n/s);
    program.signal('SIGTERM');
    await program.isNotReady();
    const draining = { drain: { status: 'down', reason: 'draining' } };
    for (const ask of [program.get('/health/ready'), program.monitor('/health/ready')]) {
      const { status, text } = await ask;
      expect(status).toBe(503);
      expect(JSON.parse(text)).toMatchObject({ details: draining });
    }
    expect(await program.get('/login')).toMatchObject({ status: 200 });
    expect(await overKept(kept)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n/s);
    program.signal('SIGTERM');
    expect(await program.get('/login')).toMatchObject({ status: 200 });
    program.signal('SIGINT');
    expect(await program.exit).toEqual([0, null]);
  });
});

describe('several processes', () => {
  afterAll(() => program.stop());

  it('tell one sum, which a process that ends does not lower', async () => {
    program = await Program.start({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2' });
    await program.serves(2);
    expect(await program.monitor('/health/ready')).toMatchObject({ status: 200 });
    const pages = 6;
    for (let page = 0; page < pages; page += 1) await program.get('/help');
    const series = 'genkan_http_requests_total{method="GET",route="/help",status="200"}';
    expect(await program.figure(series)).toBe(pages);
    const { pid } = await program.line(({ path }) => path === '/help');
    process.kill(pid, 'SIGKILL');
    await program.serves(3);
    expect(await program.figure(series)).toBe(pages);
    await program.get('/help');
    expect(await program.figure(series)).toBe(pages + 1);
  });

  it('end together, also while somebody is connected who asks for nothing', async () => {
    const silent = connect(program.port, '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    program.signal('SIGTERM');
    expect(await program.exit).toEqual([0, null]);
  });
});

describe('a start that fails', () => {
  it.each([
    ['a wrong variable', { DRAIN_SECONDS: '-1' }, /^DRAIN_SECONDS: must be a whole number/],
    [
      'a database that is not there',
      { DATABASE_URL: 'postgres://u@127.0.0.1:1/x', START_WAIT_SECONDS: '0' },
      /does not answer/,
    ],
  ])('is one JSON line and one sentence: %s', async (_, settings, cause) => {
    program = await Program.start({ DATABASE_URL: database.url, ...settings });
    expect(await program.exit).toEqual([1, null]);
    const line = { level: FATAL, cause: expect.stringMatching(cause) };
    expect(program.lines).toEqual([expect.objectContaining(line)]);
    expect(program.err).toMatch(cause);
    expect(program.err.split('\n')).toHaveLength(2);
  });
});

it.each(['PORT', 'METRICS_PORT'])('a start names %s when that port is taken', async (name) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  program = await Program.start({ DATABASE_URL: database.url, [name]: String(port) });
  expect(await program.exit).toEqual([1, null]);
  expect(program.err).toBe(
    `Port ${port} is taken by another program; stop it, or choose another port with ${name}.\n`,
  );
  taken.close();
});

/** Asks for a page over a connection that is kept. */
async function overKept(socket: Socket): Promise<string> {
  socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [string];
  return answer;
}
