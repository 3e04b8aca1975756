import { HOUR_MS } from '../durations.js';

const JAPAN_MS = 9 * HOUR_MS;

/** A day in Japan, for deadlines that are days: sentences name it without a time of day. */
export class Day {
  /** @param text like 2026-12-10 */
  private constructor(readonly text: string) {}

  /** The last day of something that ends at this moment: midnight belongs to the day before it. */
  static lastBefore(end: Date): Day {
    return new Day(new Date(end.getTime() - 1 + JAPAN_MS).toISOString().slice(0, 10));
  }

  /** @param text of a day that is on the calendar */
  static written(text: string): Day {
    return new Day(text);
  }

  get midnight(): Date {
    return new Date(`${this.text}T00:00:00+09:00`);
  }
}
