import { request, type Agent, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Message {
  method: string;
  /** A header that is undefined is not sent. */
  headers: Record<string, string | undefined>;
  body?: string | Uint8Array;
  /** The one of the machine's own addresses that the connection comes from. */
  from?: string;
  /** The connections that it may go on with; a new one by default. */
  agent?: Agent;
}

/** One request and its answer; redirects are not followed. Applications of tests listen on 127.0.0.1. */
export function send(url: URL, message: Message): Promise<Answer> {
  const { method, headers, body, from, agent = false } = message;
  const given = {
    host: url.host,
    ...(body !== undefined && { 'content-length': byteLength(body) }),
  };
  const sent = Object.entries({ ...given, ...headers }).filter(([, value]) => value !== undefined);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method,
        localAddress: from,
        headers: Object.fromEntries(sent) as Record<string, string>,
        agent,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, headers: received } = answer;
          resolve({ url, status, headers: received, text: Buffer.concat(chunks).toString('utf8') });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function byteLength(body: string | Uint8Array): string {
  return String(Buffer.byteLength(body));
}
