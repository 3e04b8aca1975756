import type { Environment } from '../read-config.js';
import type { Sentence } from '../web/sentence.js';
import { terminalLanguage, translate } from '../web/texts.js';

/** What an operator's terminal shows as one line; sentences in the language of the terminal. */
export type Line = string | Sentence | (string | Sentence)[];

/** Turns what a command says into text for the operator's terminal. */
export function speaker(environment: Environment): (line: Line) => string {
  const language = terminalLanguage(environment);
  const told = (part: string | Sentence) =>
    typeof part === 'string' ? part : translate(part, language);
  return (line) => (Array.isArray(line) ? line.map(told).join('') : told(line));
}

/** The lines that a command prints: on stdout when it is done, on stderr when it is refused. */
export interface CommandResult {
  done: boolean;
  lines: Line[];
  /** Where a mail server reads it; otherwise 1 for what is refused. */
  exitCode?: number;
}

export function done(...lines: Line[]): CommandResult {
  return { done: true, lines };
}

export function refused(...lines: Line[]): CommandResult {
  return { done: false, lines };
}

/** What a command does, with what was typed behind its name. */
type CommandAct<A extends unknown[]> = (
  environment: Environment,
  ...typed: A
) => Promise<CommandResult>;

/** Loads what a command does once it is given, runs it and tells what it has to say. */
export type Telling = <A extends unknown[]>(
  load: () => Promise<CommandAct<A>>,
) => (...typed: A) => Promise<void>;
