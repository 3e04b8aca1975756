import type { Language } from './texts.js';

const parts = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
});

const english = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'full',
  timeStyle: 'short',
});

/** A moment in words that need no calculation: 2026年11月23日(月) 18時30分. */
export function momentInWords(moment: Date, language: Language): string {
  if (language === 'en') return `${english.format(moment)} (Japan time)`;
  const part = Object.fromEntries(
    parts.formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  return `${part.year}年${part.month}月${part.day}日(${part.weekday}) ${part.hour}時${part.minute}分`;
}
