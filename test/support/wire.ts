import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between an application and its database, which a test can cut. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(
    private readonly server: Server,
    /** The database's, through this wire. */
    readonly url: string,
  ) {}

  static async to(databaseUrl: string): Promise<Wire> {
    const database = new URL(databaseUrl);
    const host = decodeURIComponent(database.hostname);
    const port = Number(database.port);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const own = (server.address() as { port: number }).port;
    const wire = new Wire(server, databaseUrl.replace(/@[^/]+\//, `@127.0.0.1:${own}/`));
    server.on('connection', (near) => {
      const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
      wire.#join(near, far);
    });
    return wire;
  }

  /** Ends every connection, and each new one at once. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async end(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
    if (this.#isCut) near.destroy();
  }
}
