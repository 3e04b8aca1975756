import type { LogTopic } from '../../audit/words/topics.js';

/** Whose log it is; with an account, that person's own lines alone. */
export interface CompanyScope {
  corporationId: string;
  accountId?: string | undefined;
}

/** What the desk did everywhere, and what happened to the service as a whole. */
export type LogScope = CompanyScope | 'desk';

/** What a log is narrowed to; whatever is absent does not narrow it. */
export interface LogCriteria {
  /** By one of these people, or to them by the desk or by itself. */
  accountIds?: string[] | undefined;
  byDesk?: boolean | undefined;
  /** By somebody who has no account. */
  outsider?: 'billing-contact' | 'applicant' | undefined;
  topic?: LogTopic | undefined;
  /** From this moment on. */
  since?: Date | undefined;
  /** Before this moment. */
  until?: Date | undefined;
  address?: string | undefined;
  /** Of the desk's log: by this person of the desk. */
  operator?: string | undefined;
  /** Of the desk's log: at this company. */
  corporationId?: string | undefined;
  /** Of the desk's log. */
  outcome?: 'done' | 'refused' | undefined;
}
