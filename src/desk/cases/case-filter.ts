import { choicesOf } from '../../web/forms/choices.js';
import { say } from '../../web/sentence.js';
import { CASE_KIND_WORDS, CASE_STATES } from './case-words.js';

const { new: fresh, 'in-work': inWork, waiting, done } = CASE_STATES;

/** What the list of cases can be narrowed to. */
const CRITERIA = {
  state: {
    label: say('状態'),
    words: { new: fresh.text, 'in-work': inWork.text, waiting: waiting.text, done: done.text },
  },
  kind: { label: say('種類'), words: CASE_KIND_WORDS },
  who: { label: say('担当'), words: { mine: say('自分'), nobody: say('担当なし') } },
  due: { label: say('期限'), words: { overdue: say('期限超過'), today: say('本日期限') } },
  /** Questions, by whether somebody is known to ask. */
  asker: {
    label: say('お問い合わせの方'),
    words: { 'signed-in': say('ログインしている方'), stranger: say('ログインしていない方') },
  },
  /** Those whose answer did not arrive. */
  answer: { label: say('回答'), words: { lost: say('届いていない') } },
  /** Those in which a party spoke, and nobody of the desk did anything since. */
  news: { label: say('異議・ご説明'), words: { heard: say('あり') } },
};

type Criteria = {
  [Name in keyof typeof CRITERIA]: keyof (typeof CRITERIA)[Name]['words'] | '';
};

/** '' does not narrow it, but that what is done is left out. */
export interface CaseFilter extends Criteria {
  /** Also reviews of a flood with wrong numbers, which are set aside otherwise. */
  all: 'yes' | '';
  page: number;
}

/** @param query whatever a browser sends */
export function readCaseFilter(query: Record<string, unknown>): CaseFilter {
  const chosen = Object.entries(CRITERIA).map(([name, { words }]) => {
    const typed = query[name];
    return [name, typeof typed === 'string' && Object.hasOwn(words, typed) ? typed : ''];
  });
  const criteria = Object.fromEntries(chosen) as Criteria;
  return { ...criteria, all: query.all === 'yes' ? 'yes' : '', page: pageOf(query.page) };
}

/** The fields above the list; all but the first are folded away. */
export function criteriaView(filter: CaseFilter) {
  const [state, ...folded] = Object.entries(CRITERIA).map(([name, { label, words }]) => {
    return { name, label, choices: choicesOf(words, filter[name as keyof Criteria]) };
  });
  return { state, folded };
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

function pageOf(typed: unknown): number {
  return typeof typed === 'string' && /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : 1;
}
