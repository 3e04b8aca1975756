import type { ApplicationFacts } from '../mail/enrollment-mails.js';
import type { Addressee } from '../mail/mails.js';
import { momentInWords } from '../web/moment-in-words.js';
import type { Language } from '../web/texts.js';
import type { Enrollment } from './enrollment.entity.js';

/** The facts that both sides and the desk may know of a case; the company must be loaded. */
export function applicationFacts(enrollment: Enrollment): ApplicationFacts {
  const { caseNumber, applicant, startedAt: at, address, network } = enrollment;
  const corporationName = enrollment.corporation!.name;
  const mailDomain = domainOf(enrollment.applicantEmail ?? '');
  return {
    caseNumber,
    corporationName,
    applicant,
    mailDomain,
    at,
    address,
    network: network ?? address,
    isInitial: enrollment.kind === 'initial',
  };
}

export function caseView(enrollment: Enrollment, language: Language) {
  const { at: _, ...known } = applicationFacts(enrollment);
  const moment = (date: Date | null | undefined) => (date ? momentInWords(date, language) : '');
  return {
    ...known,
    stage: enrollment.stage,
    startedAt: moment(enrollment.startedAt),
    releaseAt: moment(enrollment.releaseAt),
    probationEndsAt: moment(enrollment.probationEndsAt),
  };
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** The newcomer as the addressee of a mail; without an account once that is gone. */
export function newcomerOf(enrollment: Enrollment): Addressee {
  const { account, corporation, applicant: name, applicantEmail, language } = enrollment;
  const { id: corporationId, name: corporationName } = corporation!;
  const email = applicantEmail!;
  return {
    ...(account && { accountId: account.id }),
    corporationId,
    corporationName,
    name,
    email,
    language,
  };
}
