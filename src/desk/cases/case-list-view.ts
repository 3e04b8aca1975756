import { CASE_KINDS, DESK_CASE_STATES } from '../../cases/desk-case.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import { ANSWERS, ASKERS, ASSIGNEES, DUES, NEWS, type CaseFilter } from './case-filter.js';
import { CASE_KIND_WORDS, caseStateInWords } from './case-words.js';
import type { ListedCase } from './case-lists.js';

const WHO = { mine: say('自分'), nobody: say('担当なし') };
const DUE = { overdue: say('期限超過'), today: say('本日期限') };

const ANSWER = { lost: say('届いていない') };
const NEW = { heard: say('あり') };

const ASKERS_IN_WORDS = {
  'signed-in': say('ログインしている方'),
  stranger: say('ログインしていない方'),
};

/** One case in a list: what it is, whom it is about, and until when. */
export function caseRow({ deskCase, applicant }: ListedCase, now: Date) {
  const { caseNumber, kind, state, corporation, account, assignee, dueAt, openedAt } = deskCase;
  return {
    number: caseNumber,
    kind: CASE_KIND_WORDS[kind],
    state: caseStateInWords(state),
    corporation: corporation ? { id: corporation.id, name: corporation.name ?? '' } : null,
    typedCompany: deskCase.askerCompany,
    person: applicant || account?.name || deskCase.askerName,
    isTyped: !corporation,
    isQuestion: !deskCase.subject,
    assignee: assignee?.name ?? null,
    dueAt,
    openedAt,
    isOpen: deskCase.isOpen,
    isAnswerLost: deskCase.isAnswerLost,
    hasNews: deskCase.hasNews,
    isWordWaiting: deskCase.isWordWaiting,
    isOverdue: deskCase.isOpen && dueAt < now,
  };
}

/** Who waits for it, in one line. */
export function whoInWords({ person, corporation, typedCompany }: ReturnType<typeof caseRow>) {
  const values = { name: person, company: corporation?.name ?? typedCompany };
  if (person === '') return say('{company}', values);
  if (corporation) return say('{name} 様（{company}）', values);
  return typedCompany
    ? say('{name} 様（{company}、未確認）', values)
    : say('{name} 様（未確認）', values);
}

export function caseChoices({ state, kind, who, due, asker, answer, news }: CaseFilter) {
  return {
    states: DESK_CASE_STATES.map((value) => choice(value, caseStateInWords(value).text, state)),
    kinds: CASE_KINDS.map((value) => choice(value, CASE_KIND_WORDS[value], kind)),
    assignees: ASSIGNEES.map((value) => choice(value, WHO[value], who)),
    dues: DUES.map((value) => choice(value, DUE[value], due)),
    askers: ASKERS.map((value) => choice(value, ASKERS_IN_WORDS[value], asker)),
    answers: ANSWERS.map((value) => choice(value, ANSWER[value], answer)),
    news: NEWS.map((value) => choice(value, NEW[value], news)),
  };
}

function choice(value: string, text: Sentence, chosen: string) {
  return { value, text, chosen: value === chosen };
}
