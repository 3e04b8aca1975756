import { check } from './fault.js';

const WITHIN_MS = 5_000;

/** Milliseconds, rounded. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}

/** @param usual milliseconds of a start on a good day, on a machine that others may use as well */
export function checkStart(milliseconds: number, usual: number): void {
  const allowed = Math.max(WITHIN_MS, 3 * usual);
  check(milliseconds < allowed, `a start took ${milliseconds} ms, usually ${usual} ms`);
}
