import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.js';
import { say, type Sentence } from './sentence.js';

export interface Timeline {
  /** How long it goes on, in words. */
  left: Sentence;
  /** The last point's moment. */
  end: Date;
  /** Where now is, in percent of the line. */
  now: number;
  points: TimelinePoint[];
}

interface Happening {
  label: Sentence;
  at: Date;
}

type TimelinePoint = Happening & { place: number; isPast: boolean };

type Happenings = [Happening, Happening] | [Happening, Happening, Happening];

/**
 * The model of the partial `timeline`. Points stand at equal distances, and now between two of them
 * in proportion.
 * @param happenings in the order of time
 */
export function timeline(now: Date, happenings: Happenings): Timeline {
  const step = 100 / (happenings.length - 1);
  const points = happenings.map((one, place) => ({
    ...one,
    place: place * step,
    isPast: one.at <= now,
  }));
  const end = happenings.at(-1)!.at;
  return { left: timeLeft(now, end), end, now: placeOf(now, points, step), points };
}

function placeOf(now: Date, points: TimelinePoint[], step: number): number {
  const next = points.findIndex(({ isPast }) => !isPast);
  if (next === 0) return 0;
  if (next === -1) return 100;
  const [from, to] = [points[next - 1]!, points[next]!];
  const share = (now.getTime() - from.at.getTime()) / (to.at.getTime() - from.at.getTime());
  return Math.round(10 * (from.place + share * step)) / 10;
}

/** How long it is until then: in minutes, and from an hour or two days on in larger units. */
export function timeLeft(now: Date, end: Date): Sentence {
  const left = end.getTime() - now.getTime();
  if (left <= 0) return say('時間になりました');
  if (left <= MINUTE_MS) return say('あと1分以内');
  if (left <= HOUR_MS) return say('あと{minutes}分', { minutes: Math.ceil(left / MINUTE_MS) });
  const [days, hours] = [Math.floor(left / DAY_MS), Math.floor(left / HOUR_MS)];
  if (days >= 2 && hours % 24 === 0) return say('あと{days}日', { days });
  if (days >= 2) return say('あと{days}日と{hours}時間', { days, hours: hours % 24 });
  const minutes = Math.floor((left % HOUR_MS) / MINUTE_MS);
  return say('あと{hours}時間{minutes}分', { hours, minutes });
}
