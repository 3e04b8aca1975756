import type { Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';

type Environment = Record<string, string | undefined>;

/** The language of the operator's terminal, by the variables that say it, the stronger first. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): Language {
  return /^ja/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en';
}

/** Turns sentences into lines for the operator's terminal. */
export function speaker(environment: Environment): (sentence: Sentence) => string {
  const language = languageOf(environment);
  return (sentence) => translate(sentence, language);
}
