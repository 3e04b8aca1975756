import type { Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import type { Line } from './command-result.js';

type Environment = Record<string, string | undefined>;

/** The language of the operator's terminal, by the variables that say it, the stronger first. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): Language {
  return /^ja/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en';
}

/** Turns what a command says into text for the operator's terminal. */
export function speaker(environment: Environment): (line: Line) => string {
  const language = languageOf(environment);
  const told = (part: string | Sentence) =>
    typeof part === 'string' ? part : translate(part, language);
  return (line) => (Array.isArray(line) ? line.map(told).join('') : told(line));
}
