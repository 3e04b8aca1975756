import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface InHand {
  response: ServerResponse;
  /** Another request came before the answer. */
  isFollowed: boolean;
}

/** What Node's server answers to its parser where another protocol begins: what follows is left alone. */
const STOP = 2;

interface Parsing extends Socket {
  /** Node documents no way to stop between two requests that came together. */
  parser?: { onIncoming: (request: IncomingMessage, keepsAlive: boolean) => number } | null;
}

/**
 * Node hands on all requests of a connection that came together, thousands at once. Browsers and
 * proxies wait for an answer before they send the next request; whoever does not gets one answer and
 * a closed connection, and may send the others again (RFC 9112, 9.3.2).
 */
export function answerOneAtATime(server: Server): void {
  const inHand = new WeakMap<Socket, InHand>();
  server.on('connection', (socket: Parsing) => {
    const { parser } = socket;
    if (!parser) return;
    const begin = parser.onIncoming;
    parser.onIncoming = (request, keepsAlive) => {
      const earlier = inHand.get(socket);
      if (!earlier) return begin(request, keepsAlive);
      earlier.isFollowed = true;
      earlier.response.shouldKeepAlive = false;
      socket.pause();
      return STOP;
    };
  });
  server.prependListener('request', ({ socket }, response) => {
    const own: InHand = { response, isFollowed: false };
    inHand.set(socket, own);
    response.once('finish', () => {
      inHand.delete(socket);
      if (own.isFollowed) socket.destroySoon();
    });
  });
}
