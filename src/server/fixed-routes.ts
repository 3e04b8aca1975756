import { ExpressAdapter } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';

type Route = Parameters<ExpressAdapter['get']>;

const HAS_PARAMETER = /[:*{(]/;

/**
 * Finds a route without parameters by its path in one step, where Express tries the pattern of each
 * route in turn. As there, neither case nor a slash at the end counts.
 */
export class FixedRoutes extends ExpressAdapter {
  readonly #routes = new Map<string, Route>();

  override get(...route: unknown[]): unknown {
    return this.#add('GET', route as Route) || super.get(...(route as Route));
  }

  override post(...route: unknown[]): unknown {
    return this.#add('POST', route as Route) || super.post(...(route as Route));
  }

  #add(method: string, route: Route): boolean {
    const path = route[0] as string;
    if (HAS_PARAMETER.test(path)) return false;
    if (this.#routes.size === 0) this.use(this.#dispatch);
    const key = keyOf(method, path);
    if (!this.#routes.has(key)) this.#routes.set(key, route);
    return true;
  }

  readonly #dispatch: RequestHandler = (request, response, next) => {
    const { method, path } = request;
    const route = this.#routes.get(keyOf(method === 'HEAD' ? 'GET' : method, path));
    if (!route) return next();
    const [pattern, handler] = route;
    request.route = { path: pattern as string };
    return handler(request, response, next) as unknown;
  };
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.replace(/\/$/, '').toLowerCase()}`;
}
