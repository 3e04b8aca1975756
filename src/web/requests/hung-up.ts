import type { RequestHandler } from 'express';

/** By then the event loop has read whether somebody hung up: a crowd that does costs a third. */
export const onlyWhoStays: RequestHandler = ({ socket }, _response, next) => {
  setImmediate(() => setImmediate(() => socket.writable && next()));
};
