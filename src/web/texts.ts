import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';
import type { Sentence } from './sentence.js';

export type Language = 'ja' | 'en';

export const languages: Language[] = ['ja', 'en'];

/** English by the Japanese sentence, which is the key. */
const english = new Map(
  Object.entries<string>(JSON.parse(readFileSync(join(root, 'views/english.json'), 'utf8'))),
);

/** The sentence in the reader's language; a sentence without English stays Japanese. */
export function translate(sentence: string | Sentence, language: Language): string {
  const text = typeof sentence === 'string' ? sentence : sentence.text;
  const translated = language === 'en' ? (english.get(text) ?? text) : text;
  if (typeof sentence === 'string') return translated;
  return translated.replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(sentence.values[name] ?? whole),
  );
}
