import { momentInWords } from '../../web/deadline.js';
import type { Language } from '../../web/texts.js';
import { applicationFacts, type CaseFacts } from './case-facts.js';

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
