import type { Day } from './day.js';

/** A sentence for people, in Japanese; `{name}` in it is filled from `values`. */
export interface Sentence {
  text: string;
  values: Record<string, string | number | Date | Day>;
}

/** Marks a sentence that stands beside a rule, so that it is translated and a test finds it. */
export function say(text: string, values: Sentence['values'] = {}): Sentence {
  return { text, values };
}
