import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { createServer, type ListenOptions, type Server as Door } from 'node:net';

const FURTHER_DOORS = 15;
/** As Node opens those of its own HTTP server. */
const AS_HTTP = { allowHalfOpen: true, noDelay: true };

/**
 * Node takes one connection of a listening socket at each turn of its event loop, those that were hung
 * up long ago too, and whoever comes waits behind them, before any turn of ours is given. So several
 * sockets listen on the port, and Linux spreads over them whoever comes. A process among several
 * needs one: the first process, which has nothing else to do, hands it its connections.
 */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  const reusePort = process.platform === 'linux' && !cluster.isWorker;
  await opens(server, { port, host, reusePort });
  if (!reusePort) return;
  const enter = (socket: unknown) => server.emit('connection', socket);
  const doors = Array.from({ length: FURTHER_DOORS }, () => createServer(AS_HTTP, enter));
  await Promise.all(doors.map((door) => opens(door, { port, host, reusePort })));
  closeTogether(server, doors);
}

function opens(door: Door, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(options, () => {
      door.off('error', reject);
      resolve();
    });
  });
}

/** Whoever came by another door is waited for as well. */
function closeTogether(server: Server, doors: Door[]): void {
  const close = server.close.bind(server);
  server.close = (closed) => {
    const ended = doors.map((door) => new Promise((resolve) => void door.close(resolve)));
    return close((fault) => void Promise.all(ended).then(() => closed?.(fault)));
  };
}
