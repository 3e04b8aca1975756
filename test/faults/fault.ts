import type { Stage } from './stage.js';

/** One row of the table of faults. */
export interface Fault {
  must: string;
  /** Resolves to what was seen; throws what must not be. */
  run(stage: Stage): Promise<string>;
}

/** This machine lacks what the fault needs. */
export class Skipped extends Error {}

export function skip(why: string): never {
  throw new Skipped(why);
}

/** @param otherwise what was seen instead */
export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
