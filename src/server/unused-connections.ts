import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const LOOK_EVERY = 100;

const unused = new WeakMap<Server, Set<Socket>>();

/**
 * Remembers connections that never carried a request, as proxies and browsers open them in advance.
 * Node does not count them as idle: a server that closes would wait for them for ever.
 */
export function watchConnections(server: Server): void {
  const sockets = new Set<Socket>();
  unused.set(server, sockets);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', ({ socket }) => sockets.delete(socket));
}

/** From the moment on in which the port is closed. */
export function endUnusedConnections(server: Server): void {
  setInterval(() => {
    if (!server.listening) for (const socket of unused.get(server) ?? []) socket.destroy();
  }, LOOK_EVERY).unref();
}
