import { CASE_KINDS, DESK_CASE_STATES } from '../../cases/desk-case.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { CaseFilter } from './case-filter.js';
import { CASE_KIND_WORDS, caseStateInWords } from './case-words.js';
import type { ListedCase } from './case-lists.js';

const WHO = { mine: say('自分'), nobody: say('担当なし') };
const DUE = { overdue: say('期限切れ'), today: say('本日期限') };

/** One case in a list: what it is, whom it is about, and until when. */
export function caseRow({ deskCase, applicant }: ListedCase, now: Date) {
  const { caseNumber, kind, state, corporation, account, assignee, dueAt, openedAt } = deskCase;
  return {
    number: caseNumber,
    kind: CASE_KIND_WORDS[kind],
    state: caseStateInWords(state),
    corporation: corporation ? { id: corporation.id, name: corporation.name ?? '' } : null,
    person: applicant || account?.name || '',
    assignee: assignee?.name ?? null,
    dueAt,
    openedAt,
    isOpen: deskCase.isOpen,
    isOverdue: deskCase.isOpen && dueAt < now,
  };
}

export function caseChoices({ state, kind, who, due }: CaseFilter) {
  return {
    states: DESK_CASE_STATES.map((value) => choice(value, caseStateInWords(value).text, state)),
    kinds: CASE_KINDS.map((value) => choice(value, CASE_KIND_WORDS[value], kind)),
    assignees: (['mine', 'nobody'] as const).map((value) => choice(value, WHO[value], who)),
    dues: (['overdue', 'today'] as const).map((value) => choice(value, DUE[value], due)),
  };
}

function choice(value: string, text: Sentence, chosen: string) {
  return { value, text, chosen: value === chosen };
}
