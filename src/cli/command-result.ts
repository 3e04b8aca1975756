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
