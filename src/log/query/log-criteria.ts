import type { LogTopic } from '../../audit/words/topics.js';

/** Whose log it is; with an account, that person's own lines alone. */
export interface LogScope {
  corporationId: string;
  accountId?: string | undefined;
}

/** What a log is narrowed to; whatever is absent does not narrow it. */
export interface LogCriteria {
  /** By one of these people. */
  accountIds?: string[] | undefined;
  byDesk?: boolean | undefined;
  topic?: LogTopic | undefined;
  /** From this moment on. */
  since?: Date | undefined;
  /** Before this moment. */
  until?: Date | undefined;
  address?: string | undefined;
}
