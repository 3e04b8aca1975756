import type { RequestHandler } from 'express';
import pino, { type Logger } from 'pino';
import type { Config } from '../config.js';
import type { VisitedRequest } from '../web/visit.js';

/** The log: one JSON object a line on stdout. */
export function createLog(config: Config): Logger {
  return pino({ level: config.logLevel });
}

/**
 * One line a request: its number, method, path without secrets, status and milliseconds. Headers,
 * cookies and bodies never come near the log.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const { visit, method, originalUrl } = request as VisitedRequest;
    if (log.isLevelEnabled('info') && !originalUrl.startsWith('/health/')) {
      const began = performance.now();
      response.once('close', () => {
        const status = response.writableFinished ? response.statusCode : 'cut off';
        const ms = Math.round(performance.now() - began);
        const path = withoutSecrets(originalUrl);
        log.info({ requestId: visit.requestId, method, path, status, ms }, 'request');
      });
    }
    next();
  };
}

/** Below these paths follows the key of a one-time link. */
const LINKS = [
  'activation',
  'admin-enrollment/application',
  'admin-enrollment/objection',
  'email-change',
  'email-change/undo',
  'invitation',
  'password-reset',
  'sign-in-report',
];
const KEY = new RegExp(`^/+(${LINKS.join('|')})/[^/]{20,}`, 'i');

/** The path without its query and without the keys of one-time links. */
export function withoutSecrets(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(KEY, '/$1/…');
}
