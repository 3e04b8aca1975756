import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { root } from '../root.js';
import type { Sentence } from './sentence.js';

export type Language = 'ja' | 'en';

export const languages: Language[] = ['ja', 'en'];

const english = JSON.parse(readFileSync(join(root, 'views/english.json'), 'utf8')) as Record<
  string,
  string
>;

const catalogue = createInstance();
await catalogue.init({
  lng: 'ja',
  fallbackLng: false,
  resources: { en: { translation: english } },
  keySeparator: false,
  nsSeparator: false,
  // Handlebars escapes; braces are single so that they do not look like Handlebars'.
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});

/** The sentence in the reader's language; the Japanese sentence is the key to the English one. */
export function translate(sentence: string | Sentence, language: Language): string {
  const { text, values } = typeof sentence === 'string' ? { text: sentence, values: {} } : sentence;
  return catalogue.t(text, { ...values, lng: language });
}

/** What `views/english.json` has no English for, of the given Japanese sentences. */
export function withoutEnglish(sentences: Iterable<string>): string[] {
  return [...sentences].filter((sentence) => !(sentence in english));
}
