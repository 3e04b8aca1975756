import type { Request } from 'express';
import { Counter, Histogram } from 'prom-client';

const METHODS = new Set(['GET', 'HEAD', 'POST']);

const requests = new Counter({
  name: 'genkan_http_requests_total',
  help: 'Answered requests by the pattern of their route; cut-off: the client went away',
  labelNames: ['method', 'route', 'status'],
});

const durations = new Histogram({
  name: 'genkan_http_request_duration_seconds',
  help: 'From the head of a request to the end of its answer',
  labelNames: ['method', 'route'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** Of their own, because an increase shows only where a series was there before. */
const faults = new Counter({
  name: 'genkan_faults_total',
  help: 'Requests that were answered with 500',
});

/** Counts by the pattern of the route: a path may hold the key of a link. */
export function countRequest(request: Request, status: number | 'cut off', ms: number): void {
  const method = METHODS.has(request.method) ? request.method : 'other';
  const route = routeOf(request);
  requests.inc({ method, route, status: status === 'cut off' ? 'cut-off' : String(status) });
  if (status === 500) faults.inc();
  durations.observe({ method, route }, ms / 1000);
}

/** What no page answered, such as a path that nobody knows, shares one name. */
function routeOf({ route }: Request): string {
  const path = (route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' && !path.includes('*') ? path : 'none';
}
