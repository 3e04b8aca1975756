/** The lines that a command prints: on stdout when it is done, on stderr when it is refused. */
export interface CommandResult {
  done: boolean;
  lines: string[];
}

export function done(...lines: string[]): CommandResult {
  return { done: true, lines };
}

export function refused(...lines: string[]): CommandResult {
  return { done: false, lines };
}

/** Runs a command and tells what it has to say. */
export type Telling = <A extends unknown[]>(
  act: (...args: A) => Promise<CommandResult>,
) => (...args: A) => Promise<void>;
