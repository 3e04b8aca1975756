import type { Request, RequestHandler } from 'express';
import { SECOND_MS } from '../../durations.js';

/** More than any picture of a phone. */
const MOST_DISCARDED = 32 * 1024 * 1024;
const LONGEST_SILENCE_MS = 5 * SECOND_MS;

/**
 * Takes what is still coming of a body that was refused before its end: browsers look at the answer
 * when they have sent everything, and send the next request behind it on the same connection. The
 * time that a request may take goes on (`requestTimeout`).
 */
export const discardRefusedBodies: RequestHandler = (request, response, next) => {
  response.once('finish', () => {
    if (!request.complete) discardRestOf(request);
  });
  next();
};

/** A connection that never comes to an end, or no longer says anything, is cut. */
function discardRestOf(request: Request): void {
  const { socket } = request;
  const cut = () => socket.destroy();
  const silence = setTimeout(cut, LONGEST_SILENCE_MS).unref();
  let discarded = 0;
  request.on('data', ({ length }: Buffer) => {
    discarded += length;
    silence.refresh();
    if (discarded > MOST_DISCARDED) cut();
  });
  request.once('close', () => clearTimeout(silence));
  request.resume();
}
