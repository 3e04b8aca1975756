import { standingInWords } from '../../../admin-enrollment/case-view.js';
import type { Enrollment } from '../../../admin-enrollment/enrollment.entity.js';
import type { Corporation } from '../../../corporations/corporation.entity.js';
import type { InvoiceRefusal } from '../../../corporations/newest-invoice.js';
import type { Account } from '../../../identity/account.entity.js';
import { maskedEmail } from '../../../mail/masked-email.js';
import type { AskedQuestion } from '../../../mail/mails.js';
import { siteOf } from '../../../web/requests/client-address.js';
import { pageInWords } from '../../../web/pages/page-words.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { DECISION_REFUSALS } from './decision-refusals.js';
import type { LostFactor, ReviewedApplication } from './case-subjects.js';

export const APPLICATION_KINDS = { initial: say('新規登録'), succession: say('管理者の追加登録') };

const INVOICES: Record<InvoiceRefusal, Sentence> = {
  'invoice-unmatched': say('法人番号とお振込先口座番号は一致。請求書は不一致'),
  'invoices-missing': say('法人番号とお振込先口座番号は一致。請求書は登録なし'),
};

/** Its time comes as it was sealed. The desk looks for whom it names, and for both together. */
export function questionView({ time, ...question }: AskedQuestion) {
  const { name, corporationName, email } = question;
  const search = {
    name: searchPath(`${corporationName} ${name}`.trim()),
    corporation: searchPath(corporationName),
    email: searchPath(email),
  };
  return { ...question, time: new Date(time), pageName: pageInWords(question.path), search };
}

const searchPath = (q: string) => `/desk/search?${new URLSearchParams({ q })}`;

const ASK_FIRST = say('承認の前に、ご請求先など、以前からご存じの連絡先で法人に確かめてください。');

const CHANGED_KIND = say('管理者の追加登録（お申し込みのときは新規登録）');

export function reviewView(review: ReviewedApplication, now: Date) {
  const { enrollment, details, named, outlook, administrators } = review;
  const { kind, corporateNumber, corporation, applicant, address, createdAt } = enrollment;
  const { obstacle } = outlook;
  return {
    standing: standingInWords(enrollment),
    behind: outlook.behind,
    kind:
      kind === 'initial' && outlook.kind === 'succession'
        ? CHANGED_KIND
        : APPLICATION_KINDS[outlook.kind],
    administrators: administratorsView(administrators, now),
    at: createdAt,
    corporateNumber,
    isMatched: corporation != null,
    named: named ? { id: named.id, name: named.name } : null,
    numbers: numbersInWords(enrollment, named),
    name: applicant,
    email: details?.email ?? null,
    phone: details?.phone ?? null,
    department: details?.department ?? null,
    call: callOf(enrollment, details?.email),
    isProved: enrollment.isMailboxProved,
    advice: enrollment.state === 'review' && (obstacle ? DECISION_REFUSALS[obstacle] : ASK_FIRST),
    isSuccession: obstacle === 'administrators-exist',
    address: address ?? '',
    network: address ? siteOf(address) : '',
  };
}

/** To the applicant, who hears nothing about the numbers. */
function callOf(
  { state, caseNumber, decidedAt }: Enrollment,
  email: string | undefined,
): Sentence | null {
  if (state === 'refused')
    return say(
      '登録のお申し込み（{number}）は、内容を確認できなかったため、{time}にお受けできないと決まりました。ご請求書をお手元にご用意ください。番号を確認できましたら、お申し込みの方法をご案内します。',
      { number: caseNumber, time: decidedAt! },
    );
  if (state !== 'review') return null;
  return email
    ? say(
        'お申し込みを担当窓口で確認しているため、まだログインできません。確認が終わりましたら、{email} あてのメールでご案内します。',
        { email: maskedEmail(email) },
      )
    : say(
        'お申し込みを担当窓口で確認しているため、まだログインできません。確認が終わりましたら、メールでご案内します。',
      );
}

function administratorsView(administrators: Account[], now: Date) {
  return administrators.map((account) => {
    return { name: account.name, isOnProbation: account.isNewcomer(now) };
  });
}

/** Which of the numbers fits, at the time of the application. */
function numbersInWords(
  { corporation, invoiceRefusal }: Enrollment,
  named: Corporation | undefined,
): Sentence {
  if (corporation) return invoiceRefusal ? INVOICES[invoiceRefusal] : say('一致');
  if (!named) return say('この法人番号の法人はありません。お振込先口座番号は確かめられません。');
  if (named.state === 'closed') return say('法人番号は一致。ただし、利用を終了した法人です');
  return say('法人番号は一致。お振込先口座番号は、この法人のものと不一致');
}

export function lostFactorView({ account, removal }: LostFactor) {
  const { name, email, lastSignInAt, secondFactorSince, shownState, id } = account;
  return {
    accountId: id,
    name,
    email,
    state: shownState,
    lastSignInAt: lastSignInAt ?? null,
    since: secondFactorSince ?? null,
    runsUntil: removal?.canBeStopped ? removal.endsAt! : null,
  };
}
