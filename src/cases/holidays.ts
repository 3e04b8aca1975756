import { readFileSync } from 'node:fs';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The days on which the desk does not work, one a line; empty lines are left out.
 * @throws Error that says which line is none
 */
export function holidaysIn(file: string): ReadonlySet<string> {
  const lines = contentOf(file).split(/\r?\n/);
  const days = lines.map((line) => line.trim());
  const wrong = days.findIndex((day) => day !== '' && !isDay(day));
  if (wrong >= 0)
    throw new Error(
      `must hold one day a line, such as 2027-01-01: line ${wrong + 1} of ${file} is not one`,
    );
  return new Set(days.filter((day) => day !== ''));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new Error(`${file} cannot be read`);
  }
}

/** 31 February would be 3 March. */
function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(+moment) && moment.toISOString().startsWith(text);
}
