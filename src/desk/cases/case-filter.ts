import {
  CASE_KINDS,
  DESK_CASE_STATES,
  type CaseKind,
  type DeskCaseState,
} from '../../cases/desk-case.entity.js';

export const ASSIGNEES = ['mine', 'nobody'] as const;
export const ASKERS = ['signed-in', 'stranger'] as const;
export const DUES = ['overdue', 'today'] as const;
export const ANSWERS = ['lost'] as const;
export const NEWS = ['heard'] as const;

/** What the list of cases is narrowed to; '' does not narrow it, but that what is done is left out. */
export interface CaseFilter {
  state: DeskCaseState | '';
  kind: CaseKind | '';
  who: (typeof ASSIGNEES)[number] | '';
  due: (typeof DUES)[number] | '';
  /** Questions, by whether somebody is known to ask. */
  asker: (typeof ASKERS)[number] | '';
  /** Those whose answer did not arrive. */
  answer: (typeof ANSWERS)[number] | '';
  /** Those in which a party spoke, and nobody of the desk did anything since. */
  news: (typeof NEWS)[number] | '';
  /** Also reviews of a flood with wrong numbers, which are set aside otherwise. */
  all: 'yes' | '';
  page: number;
}

/** @param query whatever a browser sends */
export function readCaseFilter(query: Record<string, unknown>): CaseFilter {
  return {
    state: oneOf(DESK_CASE_STATES, query.state),
    kind: oneOf(CASE_KINDS, query.kind),
    who: oneOf(ASSIGNEES, query.who),
    due: oneOf(DUES, query.due),
    asker: oneOf(ASKERS, query.asker),
    answer: oneOf(ANSWERS, query.answer),
    news: oneOf(NEWS, query.news),
    all: oneOf(['yes'], query.all),
    page: pageOf(query.page),
  };
}

/** As fields of a form that leads back to the same list. */
export function givenCriteria(filter: Partial<CaseFilter>): { name: string; value: string }[] {
  return Object.entries(filter)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value: String(value) }));
}

export function caseListPath(filter: Partial<CaseFilter>): string {
  const query = new URLSearchParams(givenCriteria(filter).map(({ name, value }) => [name, value]));
  return query.size > 0 ? `/desk/cases?${query.toString()}` : '/desk/cases';
}

function oneOf<T extends string>(known: readonly T[], typed: unknown): T | '' {
  return known.find((each) => each === typed) ?? '';
}

function pageOf(typed: unknown): number {
  return typeof typed === 'string' && /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : 1;
}
