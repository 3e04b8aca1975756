import { say, type Sentence } from './sentence.js';

/** The first match counts, because browsers also carry the names of older ones. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\b(?:MSIE |Trident\/)/, 'Internet Explorer'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bLinux\b/, 'Linux'],
];

/** The log keeps our own names of browsers, not the header. */
export interface BrowserFacts extends Record<string, string> {
  browser: string;
  system: string;
}

/** Of the header, so that the cost of an invented one has a bound. */
const LONGEST = 500;

/** @param userAgent the header; names that are not known are empty */
export function browserFacts(userAgent: string): BrowserFacts {
  const start = userAgent.slice(0, LONGEST);
  const nameIn = (names: [RegExp, string][]) =>
    names.find(([pattern]) => pattern.test(start))?.[1] ?? '';
  return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}

/** In plain words: 「Windows の Chrome」. */
export function browserInWords({ browser = '', system = '' }: Partial<BrowserFacts>): Sentence {
  if (browser && system) return say('{system} の {browser}', { system, browser });
  if (system) return say('{system} のブラウザー', { system });
  if (browser) return say('{browser}（端末の種類は不明）', { browser });
  return say('種類の分からないブラウザー');
}
