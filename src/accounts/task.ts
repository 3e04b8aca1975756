import type { Sentence } from '../web/sentence.js';

/** Something that waits for an administrator, shown on the TOP page. */
export interface Task {
  sentence: Sentence;
  /** Where it is done. */
  path: string;
}
