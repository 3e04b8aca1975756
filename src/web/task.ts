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
 * One kind of task, by SQL expressions about `person.corporation_id` and `person.account_id`, and in
 * counts about `person.mail_troubles` and `person.invited_troubles`.
 */
export interface TaskSource {
  /**
   * A condition that is true whenever `count` is greater than 0. One look into an index has to be
   * enough for it, because each TOP page of an administrator asks it; nothing is counted while it
   * is false.
   */
  mayWait: string;
  /** One number, 0 while nothing waits: how many there are, or when the one that runs ends (Unix time, in seconds). */
  count: string;
  /** Newcomers on probation can do it; they see no other tasks. */
  isOpenToNewcomers?: true;
  /** @param count greater than 0 */
  task(count: number): Task;
}
