import type { Account } from '../identity/account.entity.js';
import { page, type Answer } from '../web/answers.js';
import { browserFacts, browserInWords } from '../web/browser-name.js';
import { momentInWords } from '../web/moment-in-words.js';
import { say, type Sentence } from '../web/sentence.js';
import type { Language } from '../web/texts.js';
import type { Applicant } from './applicant.js';
import type { Enrollment } from './enrollment.entity.js';

/** What somebody applied for, when and from where: the reader of the mailbox knows it, or did not apply. */
export interface ApplicationTerms {
  /** '' while nobody compared the numbers. */
  corporationName: string;
  /** '' where the name stands instead. */
  corporateNumber: string;
  name: string;
  /** '' where another one is chosen. */
  loginId: string;
  /** '' for an account of a former version. */
  time: string;
  address: string;
  browser: Sentence;
}

/** The terms of an application whose account waits for its activation. */
export function newcomerTerms(
  { account, enrollment }: { account: Account; enrollment: Enrollment | undefined },
  language: Language,
): ApplicationTerms {
  const { name, shownLoginId: loginId, corporation } = account;
  const whose = { corporationName: corporation.name, corporateNumber: '', name, loginId };
  return { ...whose, ...originOf(enrollment, language) };
}

/** The same of an application whose numbers are compared behind the link, so it names no company. */
export function mailedTerms(
  enrollment: Enrollment,
  { name, loginId }: Applicant,
  corporateNumber: string,
  language: Language,
): ApplicationTerms {
  const whose = { corporationName: '', corporateNumber, name, loginId };
  return { ...whose, ...originOf(enrollment, language) };
}

function originOf(enrollment: Enrollment | undefined, language: Language) {
  const { createdAt, address = '', browser = '' } = enrollment ?? {};
  const time = createdAt ? momentInWords(createdAt, language) : '';
  return { time, address, browser: browserInWords(browserFacts(browser)) };
}

/** 「申し込んでいません」 was pressed, now (200) or before (410). */
export function deniedPage(status: 200 | 410): Answer {
  return page('admin-enrollment/denied', say('お申し込みを取り消しました'), {}, { status });
}
