import type { Sentence } from './sentence.js';

/** Something that waits for an administrator, shown on the TOP page. */
export interface Task {
  sentence: Sentence;
  /** What its button says. */
  act: Sentence;
  path: string;
  /** A glyph of `static/icons.svg`. */
  icon: string;
  /** It runs out, or somebody waits for it. */
  isUrgent: boolean;
}

/**
 * One kind of task. All sources are asked in one statement, so that the TOP page costs an
 * administrator a single query more than others.
 */
export interface TaskSource {
  /**
   * An SQL expression of one integer, about `person.corporation_id` and `person.account_id`. It
   * needs an index, because the TOP page waits for it.
   */
  count: string;
  /** Newcomers on probation can do it; they see no other tasks. */
  isOpenToNewcomers?: true;
  /**
   * @param count greater than 0
   * @returns undefined when so many are no task
   */
  task(count: number): Task | undefined;
}
