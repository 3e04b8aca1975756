import type { Environment } from '../read-config.js';
import type { Sentence } from '../web/sentence.js';
import { terminalLanguage, translate } from '../web/texts.js';
import type { Line } from './command-result.js';

/** Turns what a command says into text for the operator's terminal. */
export function speaker(environment: Environment): (line: Line) => string {
  const language = terminalLanguage(environment);
  const told = (part: string | Sentence) =>
    typeof part === 'string' ? part : translate(part, language);
  return (line) => (Array.isArray(line) ? line.map(told).join('') : told(line));
}
