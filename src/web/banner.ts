import type { Sentence } from './sentence.js';

interface Way {
  label: Sentence;
  path: string;
}

/** A state that every page says above its own text while it lasts. */
export interface Banner {
  left: Sentence;
  sentence: Sentence;
  next: Way | null;
  /** All that is open meanwhile; null where nothing is closed. */
  menu: Way[] | null;
}
