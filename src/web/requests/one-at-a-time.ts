import type { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';

interface InHand {
  response: Response;
  /** Another request came before the answer. */
  isFollowed: boolean;
}

const inHand = new WeakMap<Socket, InHand>();

/**
 * Node hands on all requests of a connection that came together, thousands at once. Browsers and
 * proxies wait for an answer before they send the next request; whoever does not gets one answer and
 * a closed connection, and may send the others again (RFC 9112, 9.3.2).
 */
export const oneAtATime: RequestHandler = (request, response, next) => {
  const { socket } = request;
  const earlier = inHand.get(socket);
  if (earlier) {
    earlier.isFollowed = true;
    earlier.response.shouldKeepAlive = false;
    socket.pause();
    return;
  }
  const own: InHand = { response, isFollowed: false };
  inHand.set(socket, own);
  response.once('finish', () => {
    inHand.delete(socket);
    if (own.isFollowed) socket.destroySoon();
  });
  // By then the event loop has read whether they hung up: a crowd that does costs a third.
  setImmediate(() => setImmediate(() => socket.writable && next()));
};
