import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Health, HealthReport } from './health.js';

/** The health pages of the main port: before all guards, so that nothing else decides about them. */
export function healthPages(health: Health, log: Logger): RequestHandler {
  return async (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const report = isRead ? await health.report(request.path) : undefined;
    if (!report) return next();
    noteHealth(report, log);
    response.status(report.status).setHeader('Cache-Control', 'no-store').json(report.body);
  };
}

/** One line for each answer that takes the process out of a balancer. */
export function noteHealth({ status, cause }: HealthReport, log: Logger): void {
  if (cause) log.warn({ status, cause }, 'not ready');
}
