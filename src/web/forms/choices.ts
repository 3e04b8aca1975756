import type { Sentence } from '../sentence.js';

/** The options of a select, in the order of their words. */
export function choicesOf(words: Record<string, Sentence>, chosen: string | undefined) {
  return Object.entries(words).map(([value, text]) => ({ value, text, chosen: value === chosen }));
}
