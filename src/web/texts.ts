import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import { Day } from './day.js';
import type { Sentence } from './sentence.js';

export type Language = 'ja' | 'en';

export const languages: Language[] = ['ja', 'en'];

/** English by the Japanese sentence, which is the key. */
const english = new Map(
  Object.entries<string>(JSON.parse(readFileSync(join(root, 'views/english.json'), 'utf8'))),
);

/** Japan has one time zone without summer time. */
const TOKYO = 9 * 60 * 60 * 1000;
const WEEKDAYS = '日月火水木金土';

const englishDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', dateStyle: 'full' });
const englishMoment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'full',
  timeStyle: 'short',
});

/** The sentence in the reader's language; a sentence without English stays Japanese. */
export function translate(sentence: string | Sentence, language: Language): string {
  const text = typeof sentence === 'string' ? sentence : sentence.text;
  const translated = language === 'en' ? (english.get(text) ?? text) : text;
  if (typeof sentence === 'string') return translated;
  const values = inWords(sentence.values, language);
  return translated.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The same with each moment in it in the reader's words, however deep it stands. */
export function inWords<T>(model: T, language: Language): T {
  return worded(model, language) as T;
}

function worded(value: unknown, language: Language): unknown {
  if (value instanceof Date) return momentInWords(value, language);
  if (value instanceof Day) return dayInWords(value.midnight, language);
  if (Array.isArray(value)) return value.map((each) => worded(each, language));
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = worded(value[name], language);
  return copy;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value != null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A moment in words that need no calculation: 2026年11月23日(月) 18時30分. */
function momentInWords(moment: Date, language: Language): string {
  if (language === 'en') return `${englishMoment.format(moment)} (Japan time)`;
  const at = new Date(moment.getTime() + TOKYO);
  const time = `${at.getUTCHours()}時${String(at.getUTCMinutes()).padStart(2, '0')}分`;
  return `${dayInWords(moment, language)} ${time}`;
}

function dayInWords(moment: Date, language: Language): string {
  if (language === 'en') return englishDay.format(moment);
  const at = new Date(moment.getTime() + TOKYO);
  const day = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return `${day}(${WEEKDAYS[at.getUTCDay()]})`;
}
