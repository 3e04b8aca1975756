import { connect, type Socket } from 'node:net';

export interface Reply {
  status: number;
  /** The head as it came, header names included. */
  head: string;
  milliseconds: number;
}

export const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0';

const PATIENCE = 30_000;
const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/**
 * One keep-alive connection that sends the same bytes again and again. `node:http`'s client would
 * cost more CPU than the servers that are measured, on the very cores that they need.
 */
export class Connection {
  #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #sentAt = 0;
  #settle: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setTimeout(PATIENCE, () => this.#fail(new Error('no answer in time')));
    this.#socket.on('data', (bytes) => this.#receive(bytes));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  ask(request: Buffer): Promise<Reply> {
    this.#sentAt = performance.now();
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd + 2);
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
    const isWhole =
      length === undefined
        ? this.#received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
        : this.#received.length >= headEnd + HEAD_END.length + Number(length);
    if (!isWhole) return;
    this.#received = Buffer.alloc(0);
    const milliseconds = performance.now() - this.#sentAt;
    this.#settle?.resolve({ status: Number(head.slice(9, 12)), head, milliseconds });
    this.#settle = undefined;
  }

  #fail(error: Error): void {
    this.#socket.destroy();
    this.#settle?.reject(error);
    this.#settle = undefined;
  }
}

/** The `Cookie` header with what an answer set. */
export function cookiesOf(head: string): string {
  const pairs = head.matchAll(/\r\nset-cookie: ([\w-]+)=([^;\r]*)/gi);
  // Of a cookie that is cleared and set in one answer, the last word counts.
  const cookies = new Map([...pairs].map(([, name, value]) => [name, value]));
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

export interface Ask {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
}

/** The bytes of a request, with what a browser would send for the forms of its own page. */
export function requestBytes({ method = 'GET', path, headers = {}, form }: Ask): Buffer {
  const body = form ? new URLSearchParams(form).toString() : '';
  const all: Record<string, string> = {
    Host: '127.0.0.1',
    'User-Agent': BROWSER,
    'Sec-Fetch-Site': 'same-origin',
    ...(form && {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}
