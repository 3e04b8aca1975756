import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((path) =>
  existsSync(path),
);

/** The proxies to test with here: nginx only where it is installed. */
export const proxyKinds: ProxyKind[] = NGINX ? ['nginx', 'own'] : ['own'];

type ProxyKind = 'nginx' | 'own';

export interface ProxyOptions {
  /** It listens there on 127.0.0.1. */
  port: number;
  /** The application, or the next proxy of a chain. */
  target: string;
  /** Its own address, as the next one sees it: what `TRUST_PROXY` names. */
  address: string;
  kind?: ProxyKind;
  /** The own one writes the client's address down like this. */
  writes?: (client: string) => string;
}

/** A reverse proxy before the application: adds the client's address to `X-Forwarded-For`. */
export class ReverseProxy {
  private constructor(
    readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start({ kind = proxyKinds[0]!, ...options }: ProxyOptions): Promise<ReverseProxy> {
    const end = kind === 'nginx' ? await startNginx(options) : await startOwn(options);
    return new ReverseProxy(`http://localhost:${options.port}`, end);
  }

  async stop(): Promise<void> {
    await this.end();
  }
}

type Options = Omit<ProxyOptions, 'kind'>;

async function startNginx({ port, target, address }: Options): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'genkan-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const configuration = `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 64; }
    http {
      access_log off; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass ${target.replace('localhost', '127.0.0.1')};
          proxy_bind ${address};
          proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }
      }
    }`;
  await writeFile(join(folder, 'nginx.conf'), configuration);
  const nginx = spawn(NGINX!, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await listening(port, nginx);
  return async () => {
    const ended = once(nginx, 'exit');
    nginx.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
}

async function listening(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 250 && server.exitCode === null; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await wait(20);
  }
  throw new Error(`nginx does not listen on port ${port} (exit code ${server.exitCode})`);
}

async function startOwn({ port, ...options }: Options): Promise<() => Promise<void>> {
  const server = createServer((incoming, outgoing) => forward(incoming, outgoing, options));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { target, address, writes = (client) => client }: Omit<Options, 'port'>,
): void {
  const { remoteAddress = '' } = incoming.socket;
  const chain = [incoming.headers['x-forwarded-for'], writes(remoteAddress)];
  const headers = {
    ...incoming.headers,
    'x-forwarded-for': chain.filter((part) => part !== undefined).join(', '),
  };
  const next = request(
    {
      host: '127.0.0.1',
      port: new URL(target).port,
      path: incoming.url,
      method: incoming.method,
      localAddress: address,
      headers,
      agent: false,
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  next.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(next);
}
