import { pause } from '../../resting.js';

/** Milliseconds. */
const BEAT = 100;
/** For networks that fail often: answered late, they ask for fewer turns. */
export const SLOW_BEAT = 1_000;
/** More than what a refusal writes takes, on a machine that is not too busy for it. */
const ROOM = 30;

/** By `performance.now()`. */
export interface ComparedAt {
  started: number;
  /** All that follows may differ by what was found. */
  compared: number;
}

/**
 * Refusals answer on a beat, so that their time does not tell what was found. Which beat is settled
 * before anything is written, with room for that: a row more does not reach the next one.
 */
export async function untilBeat(times: ComparedAt, beat = BEAT): Promise<void> {
  const late = performance.now() - beatOf(times, beat);
  await pause(late < 0 ? -late : beat - (late % beat));
}

export function beatOf({ started, compared }: ComparedAt, beat = BEAT): number {
  return started + Math.ceil((compared + ROOM - started) / beat) * beat;
}
