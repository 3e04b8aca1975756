import type { IncomingMessage, Server } from 'node:http';

/** A form of a few words may come letter by letter. */
const FEW = 256;
/** Bytes: the smallest packets of the slowest lines carry several times as much. */
const SMALL = 32;

/**
 * Ends the connection of a body that comes in very many pieces, whoever reads it, and of one that goes
 * on behind the answer, where nothing counts it any more. Node hands on each chunk by itself: 60 KB in
 * chunks of one byte took a third of a second. A body whose length is said comes in as many pieces as
 * packets, as those of browsers do. A request with a method of its own costs twice as much at each
 * step, so only those in chunks get one.
 */
export function refuseBodiesInPieces(server: Server): void {
  server.prependListener('request', (request, response) => {
    if (request.headers['transfer-encoding'] === undefined) return;
    countPieces(request, server);
    response.once('finish', () => {
      if (!request.complete) request.socket.destroySoon();
    });
  });
}

function countPieces(request: IncomingMessage, server: Server): void {
  const push = request.push.bind(request);
  let pieces = 0;
  let received = 0;
  request.push = (piece: Buffer | null) => {
    if (piece === null) return push(null);
    pieces += 1;
    received += piece.length;
    if (pieces <= FEW + received / SMALL) return push(piece);
    // What the parser has read already still comes here.
    request.push = () => false;
    const fault = Object.assign(new Error('Too many pieces'), { code: 'BODY_IN_PIECES' });
    server.emit('clientError', fault, request.socket);
    return false;
  };
}
