import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { newRequestId } from '../web/requests/request-id.js';

/** By the code of Node's fault; everything else is no HTTP. */
const ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What Node keeps of an answer that is under way on a connection. */
interface Answering extends Socket {
  _httpMessage?: { _headerSent?: boolean } | null;
}

/** Bytes that are no request never reach a page. They have a number all the same, and a line in the log. */
export function answerUnreadable(server: Server, log: Logger): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Answering) => {
    // Behind the head of another answer it would be read as its body.
    if (socket.writable && !socket._httpMessage?._headerSent) {
      const answer = ANSWERS[error.code ?? ''] ?? '400 Bad Request';
      const requestId = newRequestId();
      socket.write(`HTTP/1.1 ${answer}\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\n\r\n`);
      log.info({ requestId, status: Number.parseInt(answer, 10), cause: error.code }, 'unreadable');
    }
    socket.destroy(error);
  });
}
