import { DAY_MS, HOUR_MS } from '../../durations.js';
import { Day } from '../../web/day.js';
import { cleanCode } from '../../web/forms/fields.js';
import { say, type Sentence } from '../../web/sentence.js';

export type EndDateReading = { ok: true; endsAt: Date | null } | { ok: false; sentence: Sentence };

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const JAPAN_MS = 9 * HOUR_MS;
const LATEST_YEAR = 2100;
const LONGEST = 100;

/**
 * Reads the last day of an entry in Japanese time.
 * @returns the end of that day, or null for an entry without an end
 */
export function readEndDate(typed: string, now: Date): EndDateReading {
  const text = typed.length > LONGEST ? typed : cleanCode(typed).replace(/\s/g, '');
  if (text === '') return { ok: true, endsAt: null };
  const [year, month, day] = (DATE.exec(text) ?? []).slice(1).map(Number);
  const date = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day));
  const exists = date.getUTCMonth() === (month ?? NaN) - 1 && (year ?? 0) < LATEST_YEAR;
  if (!exists)
    return no(
      say('「{typed}」を日付として読み取れません。2026-11-30 のように入力してください。', {
        typed: typed.length > LONGEST ? `${typed.slice(0, LONGEST)}…` : typed,
      }),
    );
  const endsAt = new Date(date.getTime() + DAY_MS - JAPAN_MS);
  if (endsAt <= now)
    return no(
      say('終了日「{typed}」は過ぎています。今日か、それより後の日付を入力してください。', {
        typed,
      }),
    );
  return { ok: true, endsAt };
}

export function endDateOf(endsAt: Date | null): string {
  return endsAt ? Day.lastBefore(endsAt).text : '';
}

function no(sentence: Sentence): EndDateReading {
  return { ok: false, sentence };
}
