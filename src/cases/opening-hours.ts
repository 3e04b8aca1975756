import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.js';
import { normalForm } from '../web/forms/normal-form.js';

/** When the desk works, in Japan's time. */
export interface OpeningHours {
  /** 0 is Sunday. */
  weekdays: readonly number[];
  /** In minutes since midnight, in their order. */
  parts: readonly { from: number; to: number }[];
}

/** A length of the desk's own time; a day has as many hours as the desk works on one. */
export type WorkingTime = { hours: number } | { days: number };

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

/** Where the words of `DESK_HOURS` cannot be read. */
export const USUAL_HOURS: OpeningHours = {
  weekdays: MONDAY_TO_FRIDAY,
  parts: [{ from: 9 * 60, to: 17 * 60 }],
};

const TIME = /(午前|午後)?\s*(\d{1,2})\s*(?:時|:)\s*(?:(\d{2})\s*分?|(半))?/;
const UNTIL = /\s*(?:[〜~‐-―−-]|から|to)\s*/;
const PART = new RegExp([TIME, UNTIL, TIME].map(({ source }) => source).join(''), 'g');

const DAYS: [RegExp, number[]][] = [
  [/毎日|年中無休|every ?day|daily/i, [0, 1, 2, 3, 4, 5, 6]],
  [/月(?:曜日?)?\s*[〜~‐-―−-]\s*土|mon\w*\s*(?:to|[‐-―-])\s*sat/i, [1, 2, 3, 4, 5, 6]],
];

/** Hours of single days of the week, which one list of parts does not tell. */
const SINGLE_DAYS =
  /(?<![〜~‐-―−-]\s*)[土日]曜日?\s*(?:は|:)?\s*(?:午前|午後)?\d|(?<!to |[‐-―-]\s*)\b(?:sat|sun)[a-z]*,?\s*\d/i;

/** Further on there is no end: the file of holidays names every day, say. */
const LONGEST_DAYS = 400;

/** The hours that words such as 「平日 9時00分〜18時00分」 tell; undefined where they tell none. */
export function readOpeningHours(words: string): OpeningHours | undefined {
  const text = normalForm(words);
  if (SINGLE_DAYS.test(text)) return undefined;
  const parts = [...text.matchAll(PART)].map(([, ...found]) => ({
    from: minutesOf(found.slice(0, 4)),
    to: minutesOf(found.slice(4)),
  }));
  const inOrder = parts.toSorted((one, other) => one.from - other.from);
  const isRight = inOrder.every(
    ({ from, to }, at) => from < to && to <= 24 * 60 && from >= (inOrder[at - 1]?.to ?? 0),
  );
  if (parts.length === 0 || !isRight) return undefined;
  const named = DAYS.find(([pattern]) => pattern.test(text));
  return { weekdays: named?.[1] ?? MONDAY_TO_FRIDAY, parts: inOrder };
}

/** The moment at which so much of the desk's time is over. @param holidays days such as 2027-01-01 */
export function afterWorking(
  start: Date,
  time: WorkingTime,
  hours: OpeningHours,
  holidays: ReadonlySet<string>,
): Date {
  let left = millisecondsOf(time, hours);
  for (let ahead = 0; ahead < LONGEST_DAYS; ahead += 1) {
    const day = dayInJapan(new Date(start.getTime() + ahead * DAY_MS));
    for (const [from, to] of isWorkingDay(day, hours, holidays) ? spansOf(day, hours) : []) {
      const begin = Math.max(from, start.getTime());
      if (begin + left <= to) return new Date(begin + left);
      left -= Math.max(0, to - begin);
    }
  }
  return new Date(start.getTime() + left);
}

/** The last moment from which so much of the desk's time is left until the end. */
export function beforeWorking(
  end: Date,
  time: WorkingTime,
  hours: OpeningHours,
  holidays: ReadonlySet<string>,
): Date {
  let left = millisecondsOf(time, hours);
  for (let back = 0; back < LONGEST_DAYS; back += 1) {
    const day = dayInJapan(new Date(end.getTime() - back * DAY_MS));
    const spans = isWorkingDay(day, hours, holidays) ? spansOf(day, hours) : [];
    for (const [from, to] of spans.toReversed()) {
      const last = Math.min(to, end.getTime());
      if (last - left >= from) return new Date(last - left);
      left -= Math.max(0, last - from);
    }
  }
  return new Date(end.getTime() - left);
}

export function isWorkingDay(
  day: string,
  { weekdays }: OpeningHours,
  holidays: ReadonlySet<string>,
): boolean {
  return weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !holidays.has(day);
}

/** When work begins on this day. */
export function beginOfWork(day: string, hours: OpeningHours): Date {
  return new Date(spansOf(day, hours)[0]![0]);
}

/** Like 2027-01-01. */
export function dayInJapan(moment: Date): string {
  return new Date(moment.getTime() + 9 * HOUR_MS).toISOString().slice(0, 10);
}

function spansOf(day: string, { parts }: OpeningHours): [from: number, to: number][] {
  const midnight = Date.parse(`${day}T00:00:00+09:00`);
  return parts.map(({ from, to }) => [midnight + from * MINUTE_MS, midnight + to * MINUTE_MS]);
}

function millisecondsOf(time: WorkingTime, { parts }: OpeningHours): number {
  if ('hours' in time) return time.hours * HOUR_MS;
  return time.days * MINUTE_MS * parts.reduce((sum, { from, to }) => sum + to - from, 0);
}

function minutesOf([half, hour, minute, isHalf]: (string | undefined)[]): number {
  const afternoon = half === '午後' && Number(hour) < 12 ? 12 : 0;
  return (Number(hour) + afternoon) * 60 + (isHalf ? 30 : Number(minute ?? 0));
}
