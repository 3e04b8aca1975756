import type { Visit } from '../web/visit.js';

/** An act of the desk with its author and cause, for the log. */
export interface DeskAct {
  operator: string;
  /** False for the user of a machine, whom mails do not name. */
  isNamed?: boolean;
  why: string;
  /** Absent for a command. */
  visit?: Visit | undefined;
}

/** As facts of the log. */
export function authorOf({ operator, why }: DeskAct) {
  return { operator, ...(why && { why }) };
}
