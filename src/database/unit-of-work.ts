import { AsyncLocalStorage } from 'node:async_hooks';
import { EntityManager } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';

interface Scope {
  em?: EntityManager;
  condition?: () => Promise<void>;
  lastStep?: (() => Promise<void>) | undefined;
  hasActed?: boolean;
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

/** The transaction of the scope that acts takes this step before it commits, from now on; undefined for none. */
export function beforeActing(step: (() => Promise<void>) | undefined): void {
  const scope = scopes.getStore();
  if (scope) Object.assign(scope, { lastStep: step, hasActed: false });
}

/** What has to be true before the form acts: its transactions take no step. */
export async function beforehand<T>(work: () => Promise<T>): Promise<T> {
  const step = scopes.getStore()?.lastStep;
  beforeActing(undefined);
  try {
    return await work();
  } finally {
    beforeActing(step);
  }
}

/** The transaction of the scope that acts takes this step, too: it throws where the act may not be done. */
export function onCondition(step: () => Promise<void>): void {
  const scope = scopes.getStore();
  if (scope) scope.condition = step;
}

/** Taken by `inTransaction`. A second transaction that acts is refused: a fault between them would leave half of it. */
export async function takeLastStep(): Promise<void> {
  const { condition, lastStep, hasActed } = scopes.getStore() ?? {};
  if (!condition && !lastStep) return;
  if (hasActed) throw new Error('A form acts in one transaction: others are { acts: false }');
  await condition?.();
  await lastStep?.();
}

/** When a fault ends the scope's work before a transaction is committed, this step takes something back. */
export function onFault(step: () => Promise<void>): void {
  const scope = scopes.getStore();
  if (scope) (scope.faultSteps ??= []).push(step);
}

/** Called by `inTransaction`: what was done in advance has led to something. */
export function noteCommit(isAct: boolean): void {
  const scope = scopes.getStore();
  if (!scope) return;
  scope.faultSteps = [];
  if (isAct) scope.hasActed = true;
}

export async function takeFaultSteps(): Promise<void> {
  for (const step of scopes.getStore()?.faultSteps?.splice(0) ?? []) await step();
}

/** Each request is one. */
export const unitOfWork: RequestHandler = (_request, _response, next) => inUnitOfWork(next);
