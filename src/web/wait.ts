import { MINUTE_SECONDS, SECOND_MS } from '../durations.js';
import { say, type Sentence } from './sentence.js';

/** A wait to people: in seconds while it is short, else in minutes that have begun. */
export interface WaitWords {
  /** With `{seconds}`. */
  short: Sentence;
  /** With `{minutes}`. */
  long: Sentence;
}

/** The same wait in the same words, wherever it is told. */
export function waitInWords({ short, long }: WaitWords, seconds: number): Sentence {
  if (seconds < MINUTE_SECONDS) return say(short.text, { ...short.values, seconds });
  return say(long.text, { ...long.values, minutes: minutesOf(seconds) });
}

/** Minutes that have begun; one at least. */
export function minutesOf(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / MINUTE_SECONDS));
}

/** Seconds that have begun, as the database tells them to somebody who waits; one at least. */
export function secondsUntil(end: Date, now: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - now.getTime()) / SECOND_MS));
}
