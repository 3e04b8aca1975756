import { Injectable } from '@nestjs/common';
import { CASE_OBSTACLES, CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { CompanyCases } from '../../admin-enrollment/cases/company-cases.js';
import { ACTIVATION, type Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { waitsForDesk } from '../../admin-enrollment/resting-cases.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { after } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { say, type Sentence } from '../../web/sentence.js';

const REASONS: Record<CaseObstacle, Sentence> = {
  ...CASE_OBSTACLES,
  'case-at-desk': say(
    '異議申し立てがあり、担当窓口が確認しています。確認が終わるまで、この方の変更・利用停止・利用再開・削除はできません。',
  ),
};

/** When each of them ends, and what ends it sooner. */
const ENDS: Record<CaseObstacle, Sentence> = {
  'application-running': say(
    '{time}（日本時間）までに登録が完了しないと、お申し込みは取り消されます。',
  ),
  'case-open': say('確認は {time}（日本時間）に終わります。登録を承認すると、その前に終わります。'),
  'case-at-desk': say(
    '担当窓口が双方のお話を伺って判断します。お急ぎのときは、担当窓口までご連絡ください。',
  ),
};

export interface InCase {
  reason: Sentence;
  end: Sentence | null;
  /** The page of the case. */
  path: string | null;
  /** Nothing about the person can be changed; else the person only stays what he or she is. */
  isClosed: boolean;
}

/** What the rules of a case forbid to do to a person, said before anybody tries. */
@Injectable()
export class PeopleInCases {
  constructor(
    private readonly rules: CaseRules,
    private readonly cases: CompanyCases,
  ) {}

  /** Null where no case stands in the way of anything. */
  async of(actor: SignedIn, { id, state }: Account): Promise<InCase | null> {
    if (state === 'deleted') return null;
    const closes = await this.rules.obstacle('change', actor.accountId, id);
    const obstacle = closes ?? (await this.rules.obstacle('deletion', actor.accountId, id));
    if (!obstacle) return null;
    const open = (await this.cases.of(actor)).filter(({ isOpen }) => isOpen);
    const found = open.find(({ account }) => account?.id === id) ?? open[0];
    const until = found ? endOf(obstacle, found) : null;
    return {
      reason: REASONS[obstacle],
      end: obstacle === 'case-at-desk' ? ENDS[obstacle] : until && endsAt(obstacle, until),
      path: found ? `/admin-enrollment/cases/${found.id}` : null,
      isClosed: closes !== undefined,
    };
  }
}

function endsAt(obstacle: CaseObstacle, time: Date): Sentence {
  return { ...ENDS[obstacle], values: { time } };
}

function endOf(obstacle: CaseObstacle, enrollment: Enrollment): Date | null {
  if (obstacle === 'case-open')
    return waitsForDesk(enrollment) ? null : (enrollment.probationEndsAt ?? null);
  const isApplication = obstacle === 'application-running' && enrollment.kind === 'succession';
  return isApplication ? after(enrollment.startedAt, ACTIVATION) : null;
}
