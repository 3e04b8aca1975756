import { AsyncLocalStorage } from 'node:async_hooks';
import { EntityManager } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';

interface Scope {
  em?: EntityManager;
}

const scopes = new AsyncLocalStorage<Scope>();

/**
 * Gives each request, job and command an identity map of its own: the `EntityManager` that Nest
 * injects stands for the one of the scope that it is called in. The map is made by its first use,
 * because most requests are answered by prepared statements and need none.
 */
export function inUnitOfWork<T>(work: () => T): T {
  return scopes.run({}, work);
}

/** The scope's own manager, for the ORM's `context` option; undefined outside of any scope. */
export function scopedManager(root: EntityManager): EntityManager | undefined {
  const scope = scopes.getStore();
  if (!scope) return undefined;
  return (scope.em ??= root.fork({ disableContextResolution: true }));
}

/** Each request is one. */
export const unitOfWork: RequestHandler = (_request, _response, next) => inUnitOfWork(next);
