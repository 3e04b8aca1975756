import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { send } from '../support/http.js';

const CHECK_EVERY_MS = 200;
const KEEP_ALIVE_MS = 60_000;
const HAPROXY = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((folder) => join(folder, 'haproxy'))
  .find((file) => existsSync(file));

export interface Balancer {
  kind: 'haproxy' | 'own';
  port: number;
  end(): Promise<void>;
}

/** Shares requests among instances that are ready: haproxy where it is installed, else our own. */
export async function startBalancer(instances: number[]): Promise<Balancer> {
  const port = await freePort();
  const end = HAPROXY ? await startHaproxy(port, instances) : await startOwn(port, instances);
  return { kind: HAPROXY ? 'haproxy' : 'own', port, end };
}

async function startHaproxy(port: number, instances: number[]): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'genkan-haproxy-'));
  const servers = instances.map(
    (instance) =>
      `server s${instance} 127.0.0.1:${instance} check inter ${CHECK_EVERY_MS}ms fall 1 rise 1`,
  );
  // Nothing is tried twice: what is lost shows.
  const configuration = `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 5s
  retries 0
  option forwardfor
listen front
  bind 127.0.0.1:${port}
  option httpchk GET /health/ready
  ${servers.join('\n  ')}
`;
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, configuration);
  const haproxy = spawn(HAPROXY!, ['-db', '-f', file], { stdio: 'ignore' });
  while (!(await isOpen(port))) {
    if (haproxy.exitCode !== null) throw new Error(`haproxy ended with ${haproxy.exitCode}`);
    await wait(20);
  }
  return async () => {
    const ended = once(haproxy, 'exit');
    haproxy.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const opened = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return opened;
}

async function startOwn(port: number, instances: number[]): Promise<() => Promise<void>> {
  const ready = new Set(instances);
  const watching = new AbortController();
  for (const instance of instances) void watch(instance, ready, watching.signal);
  let turn = 0;
  const end = await startForwarding(port, () => {
    const candidates = [...ready];
    turn += 1;
    return candidates[turn % candidates.length] ?? instances[0]!;
  });
  return async () => {
    watching.abort();
    await end();
  };
}

/** One instance draws the pages, and another one (or the same) gets what they post. */
export async function startCrossing(page: number, post: number): Promise<Balancer> {
  const port = await freePort();
  const end = await startForwarding(port, ({ method }) => (method === 'POST' ? post : page));
  return { kind: 'own', port, end };
}

async function startForwarding(
  port: number,
  instanceFor: (incoming: IncomingMessage) => number,
): Promise<() => Promise<void>> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) =>
    forward(incoming, outgoing, instanceFor(incoming), agent),
  );
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

/** One look after the other, so that a late answer never follows a newer one. */
async function watch(instance: number, ready: Set<number>, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    if (await isReady(instance)) ready.add(instance);
    else ready.delete(instance);
    await wait(CHECK_EVERY_MS);
  }
}

function isReady(instance: number): Promise<boolean> {
  const url = new URL(`http://127.0.0.1:${instance}/health/ready`);
  return send(url, { method: 'GET', headers: {} }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  agent: Agent,
): void {
  const { method, url: path, headers } = incoming;
  const next = request({ host: '127.0.0.1', port, path, method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  next.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(next);
}
