import type { Sentence } from '../web/sentence.js';

/** What an operator's terminal shows as one line; sentences in the language of the terminal. */
export type Line = string | Sentence | (string | Sentence)[];

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

/** Runs a command and tells what it has to say. */
export type Telling = <A extends unknown[]>(
  act: (...args: A) => Promise<CommandResult>,
) => (...args: A) => Promise<void>;
