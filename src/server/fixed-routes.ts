import { ExpressAdapter } from '@nestjs/platform-express';
import type { RequestHandler, Response } from 'express';
import type { KnowsPaths } from '../auth/sessions/plain-unknown-page.js';
import { HTML } from '../web/pages/pages.js';
import type { VisitedRequest } from '../web/visit.js';

type Route = Parameters<ExpressAdapter['get']>;

const HAS_PARAMETER = /[:*{(]/;
/** `/accounts/:id`: a whole segment each. */
const HAS_NAMES_ALONE = /^[^*{(]*\/:[^*{(]*$/;

/**
 * Finds a route without parameters by its path at once, in front of Express, which tries the
 * pattern of each route in turn. Whatever is written otherwise, such as a slash more, is left to it.
 */
export class FixedRoutes extends ExpressAdapter implements KnowsPaths {
  readonly #routes = new Map<string, Route>();
  readonly #patterns = new Set<string>();

  override get(...route: unknown[]): unknown {
    this.#note('GET', route as Route);
    return super.get(...(route as Route));
  }

  override post(...route: unknown[]): unknown {
    this.#note('POST', route as Route);
    return super.post(...(route as Route));
  }

  /** A page goes out with its head in one write: Express makes a copy of it, which takes another one. */
  override reply(response: Response, body: unknown, status?: number): unknown {
    if (typeof body !== 'string' || response.getHeader('Content-Type') !== HTML)
      return super.reply(response, body, status);
    return response.status(status ?? response.statusCode).end(body);
  }

  #note(method: string, route: Route): void {
    if (this.#routes.size === 0) this.use(this.#dispatch);
    const key = `${method} ${route[0] as string}`;
    if (method === 'GET' && HAS_NAMES_ALONE.test(key)) this.#patterns.add(route[0] as string);
    if (!HAS_PARAMETER.test(key) && !this.#routes.has(key)) this.#routes.set(key, route);
  }

  /** Whether a route takes this path, as Express reads it; whether there is such a person is not asked. */
  takes(path: string): boolean {
    if (this.#routes.has(`POST ${path}`) || this.shows(path)) return true;
    return [...this.#patterns].some((one) => fits(one, plainly(path)));
  }

  /** Whether a page is there whoever opens it. */
  shows(path: string): boolean {
    return this.#routes.has(`GET ${plainly(path)}`);
  }

  readonly #dispatch: RequestHandler = (request, response, next) => {
    const route = this.#routes.get(`${request.method} ${request.path}`);
    if (!route) {
      const other = request.method === 'POST' ? 'GET' : 'POST';
      (request as VisitedRequest).hasOtherMethod = this.#routes.has(`${other} ${request.path}`);
      return next();
    }
    const [path, handler] = route;
    request.route = { path: path as string };
    return handler(request, response, next) as unknown;
  };
}

function plainly(path: string): string {
  return path.toLowerCase().replace(/(?<=.)\/$/, '');
}

function fits(pattern: string, path: string): boolean {
  const [segments, given] = [pattern.split('/'), path.split('/')];
  return (
    segments.length === given.length &&
    segments.every((one, place) => (one.startsWith(':') ? given[place] : one === given[place]))
  );
}
