import { connect } from 'node:net';
import { once } from 'node:events';

/** Below the ports that outgoing connections get, of which a row may open thousands. */
const LOWEST = 16_000;
const COUNT = 16_000;

/** A port that nobody listens on, and that no outgoing connection takes before it is used. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    const socket = connect(port, '127.0.0.1');
    const isTaken = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!isTaken) return port;
  }
}
