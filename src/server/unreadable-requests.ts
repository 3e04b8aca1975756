import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { RefusedRequests } from '../audit/refused-requests.js';
import { newRequestId } from '../web/requests/request-id.js';
import { TOO_LONG_STYLE, tooLongPage } from './too-long-page.js';

/** By the code of Node's fault or ours; everything else is no HTTP. */
const ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  BODY_IN_PIECES: '413 Payload Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const HEAD_OF_PAGE = [
  'Content-Type: text/html; charset=utf-8',
  'Cache-Control: no-store',
  `Content-Security-Policy: default-src 'none'; style-src ${TOO_LONG_STYLE}; frame-ancestors 'none'`,
  'X-Content-Type-Options: nosniff',
  '\r\n',
].join('\r\n');

/** What Node keeps of an answer that is under way on a connection. */
interface Answering extends Socket {
  _httpMessage?: { _headerSent?: boolean } | null;
}

/** Bytes that are no request never reach a page; a URL that is too long gets one of its own. They have a number all the same, and a line in the log. */
export function answerUnreadable(server: Server, log: Logger, refused: RefusedRequests): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Answering) => {
    // Behind the head of another answer it would be read as its body.
    if (socket.writable && !socket._httpMessage?._headerSent) {
      const answer = ANSWERS[error.code ?? ''] ?? '400 Bad Request';
      const requestId = newRequestId();
      const head = `HTTP/1.1 ${answer}\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\n`;
      const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
      socket.write(head + (isTooLong ? HEAD_OF_PAGE + tooLongPage(requestId) : '\r\n'));
      const status = Number.parseInt(answer, 10);
      const unread = { method: '', path: '', address: null, person: undefined, site: '' };
      if (isTooLong) refused.add({ requestId, status, ...unread });
      log.info({ requestId, status, cause: error.code }, 'unreadable');
    }
    socket.destroy(error);
  });
}
