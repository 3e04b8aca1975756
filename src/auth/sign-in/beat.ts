import { pause } from '../../resting.js';

/** Milliseconds. */
const BEAT = 100;
/** For networks that fail often: answered late, they ask for fewer turns. */
export const SLOW_BEAT = 1_000;

/** Refusals answer on a beat, so that their time does not tell what was found. */
export async function untilBeat(started: number, beat = BEAT): Promise<void> {
  await pause(beat - ((performance.now() - started) % beat));
}
