import type { DeskCase, DeskCaseState } from '../../cases/desk-case.entity.js';
import { say } from '../../web/sentence.js';
import { CASE_KIND_WORDS, CASE_STATES } from './case-words.js';

/**
 * One case in a list: what it is, whom it is about, and until when.
 * @param applicant '' for cases that are about something else
 */
export function caseRow(deskCase: DeskCase, applicant: string, now: Date) {
  const { caseNumber, kind, state, corporation, account, assignee, dueAt, openedAt } = deskCase;
  return {
    number: caseNumber,
    kind: CASE_KIND_WORDS[kind],
    state: CASE_STATES[state as DeskCaseState],
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

export type CaseRow = ReturnType<typeof caseRow>;

/** Who waits for it, in one line. */
export function whoInWords({ person, corporation, typedCompany }: CaseRow) {
  const values = { name: person, company: corporation?.name ?? typedCompany };
  if (person === '') return say('{company}', values);
  if (corporation) return say('{name} 様（{company}）', values);
  return typedCompany
    ? say('{name} 様（{company}、未確認）', values)
    : say('{name} 様（未確認）', values);
}
