import { momentInWords } from '../../web/deadline.js';
import type { Language } from '../../web/texts.js';
import { domainOf, type CaseFacts } from './case-facts.js';

/** What pages show of a case to both sides. */
export function caseView(facts: CaseFacts, language: Language) {
  const { caseNumber, stage, corporationName, applicant, address, network } = facts;
  const moment = (date: Date | null) => (date ? momentInWords(date, language) : '');
  return {
    caseNumber,
    stage,
    corporationName,
    applicant,
    mailDomain: domainOf(facts.email),
    address,
    network,
    startedAt: moment(facts.startedAt),
    releaseAt: moment(facts.releaseAt),
    probationEndsAt: moment(facts.probationEndsAt),
  };
}
