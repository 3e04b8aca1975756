import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import { Day } from './day.js';
import type { Sentence } from './sentence.js';

export type Language = 'ja' | 'en';

export const languages: Language[] = ['ja', 'en'];

/** The language of the operator's terminal, by the variables that say it, the stronger first. */
export function terminalLanguage({
  LC_ALL,
  LC_MESSAGES,
  LANG,
}: Record<string, string | undefined>): Language {
  return /^ja/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en';
}

/** English by the Japanese sentence, which is the key. */
const english = new Map(
  Object.entries<string>(JSON.parse(readFileSync(join(root, 'views/english.json'), 'utf8'))),
);

/** Japan has one time zone without summer time. */
const TOKYO = 9 * 60 * 60 * 1000;
const WEEKDAYS = '日月火水木金土';
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const englishDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', dateStyle: 'full' });
const englishTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  timeStyle: 'short',
});
const englishMoment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'full',
  timeStyle: 'short',
});

/** The sentence in the reader's language; a sentence without English stays Japanese. */
export function translate(sentence: string | Sentence, language: Language): string {
  if (typeof sentence === 'string') return wordingOf(sentence, language);
  return filled(wordingOf(sentence.text, language), inWords(sentence.values, language), String);
}

/** A sentence's text in the reader's language, with its gaps. */
export function wordingOf(text: string, language: Language): string {
  return language === 'en' ? (english.get(text) ?? text) : text;
}

/** @param drawn what a value looks like in the text */
export function filled(
  text: string,
  values: Record<string, unknown>,
  drawn: (value: unknown) => string,
): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => drawn(values[name] ?? gap));
}

/** The same with each moment in it in the reader's words, however deep it stands. */
export function inWords<T>(model: T, language: Language): T {
  return withMoments(model, (moment) => momentInWords(moment, language));
}

/** The same with each moment and day in it as `drawn` has it, however deep it stands. */
export function withMoments<T>(model: T, drawn: (moment: Date | Day) => unknown): T {
  const copyOf = (value: unknown): unknown => {
    if (value instanceof Date || value instanceof Day) return drawn(value);
    if (Array.isArray(value)) return value.map(copyOf);
    if (!isPlain(value)) return value;
    const copy: Record<string, unknown> = {};
    for (const name of Object.keys(value)) copy[name] = copyOf(value[name]);
    return copy;
  };
  return copyOf(model) as T;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value != null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A moment in words that need no calculation: 2026年11月23日(月) 18時30分; a day without the time. */
export function momentInWords(moment: Date | Day, language: Language): string {
  if (moment instanceof Day) return dayInWords(moment.midnight, language);
  if (language === 'en') return `${englishMoment.format(moment)} (Japan time)`;
  return `${dayInWords(moment, language)} ${timeInWords(moment)}`;
}

/** The same without the day when it is today's. */
export function momentOfDay(moment: Date, now: Date, language: Language): string {
  if (dayInTokyo(moment) !== dayInTokyo(now)) return momentInWords(moment, language);
  return language === 'en' ? `${englishTime.format(moment)} (Japan time)` : timeInWords(moment);
}

function timeInWords(moment: Date): string {
  const at = inTokyo(moment);
  return `${at.getUTCHours()}時${String(at.getUTCMinutes()).padStart(2, '0')}分`;
}

function dayInWords(moment: Date, language: Language): string {
  if (language === 'en') return englishDay.format(moment);
  const at = inTokyo(moment);
  const day = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return `${day}(${WEEKDAYS[at.getUTCDay()]})`;
}

/** For tables, whose readers compare: 11/23 18:30, with the year where it is another one. */
export function momentInShort(moment: Date | Day, language: Language): string {
  const at = inTokyo(moment instanceof Day ? moment.midnight : moment);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const clock = `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, '0')}`;
  const time = moment instanceof Day ? '' : ` ${clock}`;
  const isThisYear = year === inTokyo(new Date()).getUTCFullYear();
  if (language === 'en') return `${day} ${MONTHS[month - 1]}${isThisYear ? '' : ` ${year}`}${time}`;
  return `${isThisYear ? '' : `${year}/`}${month}/${day}${time}`;
}

/** The day on calendars in Japan: 2026-11-23. */
export function dayInTokyo(moment: Date): string {
  return inTokyo(moment).toISOString().slice(0, 10);
}

/** Its fields in UTC are those that a clock in Japan shows. */
export function inTokyo(moment: Date): Date {
  return new Date(moment.getTime() + TOKYO);
}
