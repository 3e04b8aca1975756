import { momentInWords } from '../../web/moment-in-words.js';
import { notice } from '../../web/notices.js';
import type { Language } from '../../web/texts.js';
import { applicationFacts, type CaseFacts } from './case-facts.js';

/** The case went on meanwhile, whichever side wanted something of it. */
export const CASE_NOT_DECIDED = notice(
  'case-not-decided',
  'warning',
  'お手続きの状況が変わったため、この操作は行えませんでした。',
);

/** What pages show of a case to both sides. */
export function caseView(facts: CaseFacts, language: Language) {
  const { at: _, ...known } = applicationFacts(facts);
  const moment = (date: Date | null) => (date ? momentInWords(date, language) : '');
  return {
    ...known,
    stage: facts.stage,
    startedAt: moment(facts.startedAt),
    releaseAt: moment(facts.releaseAt),
    probationEndsAt: moment(facts.probationEndsAt),
  };
}
