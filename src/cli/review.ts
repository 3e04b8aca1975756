import { Reviews, type Reviewed } from '../admin-enrollment/applications/reviews.js';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import type { Enrollment } from '../admin-enrollment/enrollment.entity.js';
import { say, type Sentence } from '../web/sentence.js';
import { byOperator } from './by-operator.js';
import { done, refused, type CommandResult, type Line } from './command-result.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

/** `genkan review list`: the cases that wait for the desk's decision. */
export function listReviews(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const cases = await app.get(Reviews).open();
    return cases.length === 0
      ? done(say('待っている申し込みはありません。'))
      : done(...cases.map(lineOf));
  });
}

/** `genkan review grant` and `genkan review refuse`. */
export function decideReview(
  environment: Environment,
  typed: string,
  decision: 'grant' | 'refuse',
  by: DeskAct,
): Promise<CommandResult> {
  const caseNumber = typed.trim().toUpperCase();
  return byOperator(environment, by.operator, async (app, operator) => {
    const decided = await app.get(Reviews)[decision](caseNumber, { ...by, operator });
    if (!decided.ok) return refused([`${caseNumber}: `, REASONS[decided.reason]]);
    return decision === 'grant'
      ? done(say('{caseNumber}：承認しました。申込者に登録のご案内を送ります。', { caseNumber }))
      : done(say('{caseNumber}：却下しました。申込者にメールでお知らせします。', { caseNumber }));
  });
}

const REASONS: Record<Extract<Reviewed, { ok: false }>['reason'], Sentence> = {
  'case-unknown': say(
    'この番号の未決の申し込みはありません。「genkan review list」で確認してください。',
  ),
  'numbers-unmatched': say('2つの番号に合う法人がないため、「review refuse」だけができます。'),
  'administrators-exist': say('すでに管理者のいる法人です。'),
  'case-at-desk': say('この法人の事案が判断を待っています：「genkan enrollment list」'),
  'no-administrators': say('管理者のいない法人です。/initiate から登録していただきます。'),
  'login-id-taken': say(
    'ログインIDがほかの方に使われました。却下し、改めてお申し込みいただいてください。',
  ),
};

function lineOf(waiting: Enrollment): Line {
  const { caseNumber, kind, createdAt, corporateNumber, corporation, applicant, address } = waiting;
  const company = corporation?.name ?? say('（番号に合う法人がありません）');
  const since = createdAt.toISOString();
  const facts = [caseNumber, kind, since, corporateNumber].join('  ');
  return [
    `${facts}  `,
    company,
    `  ${applicant}  `,
    say('接続元 {address}', { address: address ?? '-' }),
  ];
}
