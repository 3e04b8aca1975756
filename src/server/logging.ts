import type { LoggerService } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import pino, { type Logger } from 'pino';
import type { Config } from '../config.js';
import type { RefusedRequests } from '../audit/refused-requests.js';
import { countRequest } from '../metrics/request-figures.js';
import type { Visit, VisitedRequest } from '../web/visit.js';
import { demoLog } from './demo-log.js';
import { logOptions } from './logged-fault.js';

/** The log: one JSON object a line, on stdout but for the demo. */
export function createLog(config: Config): Logger {
  const { embedded, logLevel } = config;
  return embedded && logLevel !== 'silent'
    ? demoLog(config)
    : pino({ ...logOptions, level: logLevel });
}

/** Nest's own words until the application has its log. A fault is thrown, and told by the start. */
export function startLog(log: Logger): LoggerService {
  return {
    log: () => undefined,
    error: () => undefined,
    warn: (message: unknown, context?: string) => log.warn({ context }, String(message)),
  };
}

/** Forms that are shown again, and what another tab did before, show none. */
const NUMBERLESS = new Set([409, 422]);

function showsNumber(status: number): boolean {
  return status >= 400 && !NUMBERLESS.has(status);
}

/** Not a missing picture of a page, which nobody sees a number of. */
function isPage({ method, headers: { accept = '*/*' } }: IncomingMessage): boolean {
  return method !== 'HEAD' && (accept === '*/*' || accept.includes('text/html'));
}

function personOf({ person, desk }: Visit): string | undefined {
  return person?.accountId ?? desk?.operator?.operatorId;
}

const QUIET = /^\/(?:health|static)\//;

/**
 * One line a request: its number, method, path without secrets, status and milliseconds, and why
 * it could not be served. Headers, cookies and bodies never come near the log. Static files and
 * health pages have none of their own.
 * @param isMeasured the metrics count it as well
 * @param refused keeps what the numbers of error pages mean
 */
export function requestLog(
  log: Logger,
  isMeasured: boolean,
  refused: RefusedRequests,
): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once('close', () => {
      const { visit, method, originalUrl } = request as VisitedRequest;
      const { requestId, fault: cause, address, site } = visit;
      const path = withoutSecrets(originalUrl);
      if (showsNumber(response.statusCode) && isPage(request))
        refused.add({
          requestId,
          status: response.statusCode,
          method,
          path,
          address,
          person: personOf(visit),
          site,
          title: visit.errorTitle,
          refusal: visit.refusal ?? (visit.person && { accountId: visit.person.accountId }),
        });
      if (!cause && QUIET.test(originalUrl)) return;
      const status = response.writableFinished ? response.statusCode : 'cut off';
      const exactMs = performance.now() - began;
      if (isMeasured) countRequest(request, status, exactMs);
      if (!cause && !log.isLevelEnabled('info')) return;
      const ms = Math.round(exactMs);
      const line = { requestId, method, path, status, ms };
      if (cause) log.warn({ ...line, cause }, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}

/** Below these paths follows the key of a one-time link. */
const LINKS = [
  'activation',
  'admin-enrollment/application',
  'admin-enrollment/objection',
  'desk/set-up',
  'email-change',
  'email-change/undo',
  'invitation',
  'lost-factor',
  'lost-factor/enrolment',
  'lost-factor/objection',
  'password-reset',
  'sign-in-report',
  'second-factor-report',
];
const KEY = new RegExp(`^/+(${LINKS.join('|')})/[^/]{20,}`, 'i');
/** Of a link that was copied wrongly; ids are shorter. */
const LIKE_A_KEY = /[\w-]{40,}/g;

/** The path without its query and without the keys of one-time links. */
export function withoutSecrets(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(KEY, '/$1/…').replaceAll(LIKE_A_KEY, '…');
}
