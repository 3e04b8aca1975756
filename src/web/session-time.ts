import { SECOND_MS } from '../durations.js';
import type { SessionTimes } from './visit.js';

/** As pages and their scripts count it. */
export interface TimeLeft {
  secondsLeft: number;
  /** More than that is left when the session is used. */
  canGoOn: boolean;
}

export const NO_TIME_LEFT: TimeLeft = { secondsLeft: 0, canGoOn: false };

export function sessionTimeLeft({ now, endsAt, lastsUntil }: SessionTimes): TimeLeft {
  const secondsLeft = Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / SECOND_MS));
  return { secondsLeft, canGoOn: endsAt < lastsUntil };
}
