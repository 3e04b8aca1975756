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
});

/** Values are put in afterwards, where Handlebars escapes them. */
const AS_IT_STANDS = {
  ja: { lng: 'ja', skipInterpolation: true },
  en: { lng: 'en', skipInterpolation: true },
};

/** What the catalogue said, so that a page asks it for no sentence twice. */
const known: Record<Language, Map<string, string>> = { ja: new Map(), en: new Map() };

/** The sentence in the reader's language; the Japanese sentence is the key to the English one. */
export function translate(sentence: string | Sentence, language: Language): string {
  if (typeof sentence === 'string') return lookUp(sentence, language);
  const { text, values } = sentence;
  return lookUp(text, language).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

function lookUp(text: string, language: Language): string {
  const found = known[language].get(text) ?? catalogue.t(text, AS_IT_STANDS[language]);
  if (text in english) known[language].set(text, found);
  return found;
}
