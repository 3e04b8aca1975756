import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that may swallow everything, as a firewall that lost its state does. */
export class SwallowingProxy {
  readonly #pairs = new Set<[Socket, Socket]>();
  #isSilent = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  static async start(target: number): Promise<SwallowingProxy> {
    const server = createServer();
    const proxy = new SwallowingProxy(server, target);
    server.on('connection', (near) => proxy.#join(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on no byte comes through, and nobody is told. New connections are accepted. */
  swallow(): void {
    this.#isSilent = true;
  }

  /** New connections work again; the old ones stay silent. */
  passes(): void {
    this.#isSilent = false;
  }

  stop(): void {
    this.server.close();
    for (const sockets of this.#pairs) for (const socket of sockets) socket.destroy();
  }

  #join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    let wasSilent = this.#isSilent;
    const pass = (from: Socket, to: Socket) =>
      from
        .on('data', (bytes) => {
          wasSilent ||= this.#isSilent;
          if (!wasSilent) to.write(bytes);
        })
        .on('error', () => undefined)
        .on('close', () => {
          if (wasSilent || this.#isSilent) return;
          to.destroy();
          this.#pairs.delete(pair);
        });
    pass(near, far);
    pass(far, near);
  }
}
