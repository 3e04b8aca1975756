/** Enough for the longest list that a form takes, with lines of the usual length. */
const MOST_CORRECTED = 64 * 1024;
const LONGEST_SHOWN = 200;

/**
 * A refused text, to be corrected where it was typed. Longer ones are corrected in their file: each of
 * their characters may become six in a page.
 * @returns '' for a text that is too long for that
 */
export function correctable(text: string): string {
  return text.length > MOST_CORRECTED ? '' : text;
}

/** The beginning of a value is enough to find it again. */
export function recognizable(value: string): string {
  return value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
}
