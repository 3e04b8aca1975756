import { AsyncLocalStorage } from 'node:async_hooks';
import { EntityManager } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';

interface Scope {
  em?: EntityManager;
  lastStep?: () => Promise<void>;
  faultSteps?: (() => Promise<void>)[];
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

/** Each transaction of the scope takes this step before it commits, from now on; undefined for none. */
export function beforeEachCommit(step: (() => Promise<void>) | undefined): void {
  const scope = scopes.getStore();
  if (scope) scope.lastStep = step;
}

/** Taken by `inTransaction`. */
export async function takeLastStep(): Promise<void> {
  await scopes.getStore()?.lastStep?.();
}

/** When a fault ends the scope's work before a transaction is committed, this step takes something back. */
export function onFault(step: () => Promise<void>): void {
  const scope = scopes.getStore();
  if (scope) (scope.faultSteps ??= []).push(step);
}

/** Called by `inTransaction`: what was done in advance has led to something. */
export function forgetFaultSteps(): void {
  const scope = scopes.getStore();
  if (scope) scope.faultSteps = [];
}

export async function takeFaultSteps(): Promise<void> {
  for (const step of scopes.getStore()?.faultSteps?.splice(0) ?? []) await step();
}

/** Each request is one. */
export const unitOfWork: RequestHandler = (_request, _response, next) => inUnitOfWork(next);
