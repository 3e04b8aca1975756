import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { Config } from './config.js';
import type { VisitedRequest } from './web/visit.js';

/**
 * One JSON object a line. A request is told by its number, method, path without secrets, status and
 * time: headers, cookies and bodies never come near the log.
 */
export function logging(config: Config): Params {
  return {
    pinoHttp: {
      level: config.logLevel,
      genReqId: (request: IncomingMessage) => (request as VisitedRequest).visit.requestId,
      quietReqLogger: true,
      autoLogging: { ignore: (request) => request.url?.startsWith('/health/') ?? false },
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          path: withoutSecrets(url),
        }),
        res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
        err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack }),
      },
    },
  };
}

/** The path without its query; what follows a page of one-time links is a key. */
export function withoutSecrets(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(
    /^\/(activation|invitation|password-reset|admin-enrollment\/objection)\/[\w-]{20,}/,
    '/$1/…',
  );
}
