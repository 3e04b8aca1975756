import { Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { CASE_NOT_DECIDED, caseView } from '../case-view.js';
import { Approvals } from './approvals.js';
import { CompanyCases, type CompanyCase } from './company-cases.js';

const CASE_APPROVED = notice.success(
  say('{name} 様の追加登録を承認しました。ご本人とほかの管理者の方にメールでお知らせしています。'),
);

const APPROVED_BEFORE = notice.info(
  say('{name} 様の追加登録は、{approver} 様がすでに承認しています。'),
);
const APPROVED_ALREADY = notice.info(say('{name} 様の追加登録は、すでに承認されています。'));

const FACTOR_MISSING = notice.warning(
  say(
    '貴社では管理者の方に2段階認証の設定が必要なため、承認できるのは、2段階認証を設定している管理者の方だけです。先に、ご自分の2段階認証を設定してください。',
  ),
);

/** The last step before an approval, which nobody takes back. */
@Controller('admin-enrollment/cases/:id/approval')
@AdministratorsOnly()
@FactorForPeople()
export class ApprovalController {
  constructor(
    private readonly cases: CompanyCases,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const { enrollment, mayDecide } = await this.#find(id, person);
    const path = `/admin-enrollment/cases/${enrollment.id}`;
    if (!mayDecide || !enrollment.canBeApproved) return seeOther(path);
    if (await this.approvals.isFactorMissing(person.accountId, enrollment))
      return seeOther('/me/second-factor', FACTOR_MISSING);
    const model = { path, ...caseView(enrollment) };
    return page('admin-enrollment/approval', say('管理者の追加登録の承認'), model);
  }

  @Post()
  async approve(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const { enrollment } = await this.#find(id, person);
    const approved = await this.approvals.approve(id, person);
    const name = enrollment.applicant;
    const path = `/admin-enrollment/cases/${id}`;
    if (approved.ok) return seeOther(path, about(CASE_APPROVED, { name }));
    if (approved.reason === 'second-factor-missing')
      return seeOther('/me/second-factor', FACTOR_MISSING);
    return seeOther(path, await this.#toldOf(id, person));
  }

  /** Another tab, or another administrator, was faster. */
  async #toldOf(id: string, person: SignedIn): Promise<Notice> {
    const { enrollment } = await this.#find(id, person);
    if (enrollment.stage !== 'approved') return CASE_NOT_DECIDED;
    const [name, approver] = [enrollment.applicant, await this.approvals.approverOf(enrollment)];
    if (approver === undefined) return about(APPROVED_ALREADY, { name });
    return about(APPROVED_BEFORE, { name, approver });
  }

  async #find(id: string, person: SignedIn): Promise<CompanyCase> {
    const found = isUuid(id) && (await this.cases.find(id, person));
    if (!found) throw new NotFoundException();
    return found;
  }
}
