/** What a command has to say: on stdout when it is done, on stderr when it is refused. */
export interface Told {
  done: boolean;
  lines: string[];
}

export function done(...lines: string[]): Told {
  return { done: true, lines };
}

export function refused(...lines: string[]): Told {
  return { done: false, lines };
}
