import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  Agent,
  createServer,
  get,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';

const CHECK_EVERY_MS = 200;
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
  timeout check 2s
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
  const agent = new Agent({ keepAlive: true });
  const ready = new Set(instances);
  const checks = setInterval(() => {
    for (const instance of instances) void look(instance, ready);
  }, CHECK_EVERY_MS);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const candidates = [...ready];
    turn += 1;
    forward(incoming, outgoing, candidates[turn % candidates.length] ?? instances[0]!, agent);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    clearInterval(checks);
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

function look(instance: number, ready: Set<number>): void {
  const options = { host: '127.0.0.1', port: instance, path: '/health/ready', agent: false };
  get(options, (answer) => {
    answer.resume();
    if (answer.statusCode === 200) ready.add(instance);
    else ready.delete(instance);
  }).on('error', () => ready.delete(instance));
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
