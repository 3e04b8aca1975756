import { ReviewList, type WaitingReview } from '../admin-enrollment/applications/review-list.js';
import { Reviews, type Reviewed } from '../admin-enrollment/applications/reviews.js';
import type { InvoiceRefusal } from '../corporations/newest-invoice.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused, type CommandResult, type Line } from './command-result.js';
import type { ActOptions } from './decision-options.js';
import { withApp } from './with-app.js';

const DECIDED = {
  grant: say('{caseNumber}：承認しました。お申し込みになった方に登録のご案内を送ります。'),
  refuse: say('{caseNumber}：却下しました。お申し込みになった方にメールでお知らせします。'),
};
const QUEUED = say(
  '{caseNumber}：承認しました。別の方のお手続きが終わりしだい、お申し込みになった方に登録のご案内を送ります。',
);

/** `genkan review list`: the cases that wait for the desk's decision. */
export function listReviews(
  environment: Environment,
  which: { all?: true },
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const { waiting, setAside } = await app.get(ReviewList).read(which);
    if (waiting.length === 0) return done(say('待っているお申し込みはありません。'));
    const more =
      setAside > 0
        ? [
            say(
              'ほかに、番号に合う法人のないお申し込みが{count}件あります。同じネットワークまたはメールのドメインから続いたものです：「genkan review list --all」',
              { count: setAside },
            ),
          ]
        : [];
    return done(...waiting.map(lineOf), ...more);
  });
}

/** `genkan review grant` and `genkan review refuse`. */
export function decideReview(decision: 'grant' | 'refuse') {
  return (environment: Environment, caseNumber: string, given: ActOptions) =>
    byOperator(environment, given, async (app, by) => {
      const decided = await app.get(Reviews)[decision](caseNumber, by);
      if (!decided.ok) return refused([`${caseNumber}: `, REVIEW_REASONS[decided.reason]]);
      const sentence = decided.isQueued ? QUEUED : DECIDED[decision];
      return done({ ...sentence, values: { caseNumber } });
    });
}

export const REVIEW_REASONS: Record<Extract<Reviewed, { ok: false }>['reason'], Sentence> = {
  'case-unknown': say(
    'この番号の未決のお申し込みはありません。「genkan review list」で確認してください。',
  ),
  'numbers-unmatched': say('2つの番号に合う法人がないため、「review refuse」だけができます。'),
  'administrators-exist': say(
    'すでに管理者のいる法人です。却下し、管理者の追加登録（/admin-enrollment）をご案内ください。',
  ),
  'corporation-closed': say(
    'ご利用を停止している法人です。先に「genkan corporation open」で再開してください。',
  ),
  'no-administrators': say('管理者のいない法人です。/initiate から登録していただきます。'),
  'login-id-taken': say(
    'このログインIDは、ほかの方が使っています。却下し、改めてお申し込みいただくようご案内ください。',
  ),
};

/** The two numbers are right all the same: people ask the company itself before they grant it. */
const INVOICES: Record<InvoiceRefusal, Sentence> = {
  'invoice-unmatched': say('（請求書が一致しません）  '),
  'invoices-missing': say('（この法人の請求書が登録されていません）  '),
};

function lineOf({ enrollment, email, network }: WaitingReview): Line {
  const { caseNumber, kind, createdAt, corporateNumber, corporation, applicant } = enrollment;
  const company = corporation?.name ?? say('（番号に合う法人がありません）');
  const since = createdAt.toISOString();
  const facts = [caseNumber, kind, since, corporateNumber].join('  ');
  return [
    `${facts}  `,
    company,
    `  ${applicant}  ${email || '-'}  `,
    ...(corporation && enrollment.invoiceRefusal ? [INVOICES[enrollment.invoiceRefusal]] : []),
    say('接続元 {address}（{network}）', { address: enrollment.address ?? '-', network }),
  ];
}
