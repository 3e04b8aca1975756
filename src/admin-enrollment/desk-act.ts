/** An act of the desk with its author and cause, for the company's log. */
export interface DeskAct {
  operator: string;
  why: string;
}
