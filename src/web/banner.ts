import type { Sentence } from './sentence.js';

/** A state that every page says above its own text while it lasts. */
export interface Banner {
  left: Sentence;
  sentence: Sentence;
  next: { label: Sentence; path: string } | null;
  /** The paths of the chapters that are open meanwhile, where others are closed. */
  onlyOpen?: string[];
}
