import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { CaseAnswers } from '../../cases/case-answers.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { Approvals } from './approvals.js';
import {
  CASE_NOT_DECIDED,
  caseLine,
  caseView,
  deskApproval,
  deskRefusal,
  paragraphsOf,
  stageForCompany,
} from '../case-view.js';
import { CompanyCases, type CompanyCase } from './company-cases.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { Objections } from '../objections/objections.js';
import { SAID, statementFormOf } from '../objections/statement.form.js';

const CASE_OBJECTED = notice.success(
  say('{name} 様の追加登録への異議申し立てを受け付けました。担当窓口からご連絡します。'),
);

const LIST = say('管理者の追加登録');

@Controller('admin-enrollment/cases')
@AdministratorsOnly()
@FreshPassword()
export class CasesController {
  constructor(
    private readonly cases: CompanyCases,
    private readonly objections: Objections,
    private readonly approvals: Approvals,
    private readonly answers: CaseAnswers,
    private readonly entitled: EntitledWitnesses,
  ) {}

  @Get()
  async list(@Me() person: SignedIn): Promise<Answer> {
    const found = await this.cases.of(person);
    const objected = await this.entitled.objected(found.map(({ id }) => id));
    const cases = found.map((enrollment) => ({
      ...caseView(enrollment),
      path: pathOf(enrollment.id),
      stage: stageForCompany(enrollment, objected.has(enrollment.id)),
    }));
    return page('admin-enrollment/cases', LIST, { cases });
  }

  @Get(':id')
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(new FormReading(), await this.#find(id, person), person);
  }

  /** `act`: `object`, `explain` for more words to the desk, or `approve`, as a former version asks. */
  @Post(':id')
  async decide(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const found = await this.#find(id, person);
    if (body.act === 'approve') return seeOther(`${pathOf(id)}/approval`);
    const read = readForm(statementFormOf(body), body);
    if (!read.ok) return this.#page(read.reading, found, person);
    const words = { ...read.form, isObjection: body.act !== 'explain' };
    const objected = await this.objections.bySignedIn(id, person, words);
    if (!objected.ok) return seeOther(pathOf(id), CASE_NOT_DECIDED);
    const { applicant: name } = found.enrollment;
    const done = words.isObjection ? about(CASE_OBJECTED, { name }) : undefined;
    return seeOther(pathOf(id), SAID[objected.said] ?? done);
  }

  async #page(
    form: FormReading,
    { enrollment, mayDecide, hasObjected, statement }: CompanyCase,
    { accountId, now }: SignedIn,
  ): Promise<Answer> {
    const isObjected = await this.entitled.isObjected(enrollment);
    const mayObject = mayDecide && !hasObjected && !enrollment.isAtDesk;
    const model = {
      form,
      path: pathOf(enrollment.id),
      ...caseView(enrollment),
      line: caseLine(enrollment, now),
      answers: await this.answers.to(accountId, enrollment.caseNumber),
      refusal: deskRefusal(enrollment, isObjected),
      approval: deskApproval(enrollment, isObjected),
      mayApprove: mayDecide && enrollment.canBeApproved,
      needsFactor: await this.approvals.isFactorMissing(accountId, enrollment),
      mayObject,
      mayExplain: mayDecide && !mayObject,
      hasObjected,
      isWaiting: await this.entitled.isAnyWaiting(enrollment),
      isStoppedByDesk: enrollment.isAtDesk && !isObjected,
      said: paragraphsOf(statement),
    };
    return page('admin-enrollment/case', say('管理者の追加登録の確認'), model);
  }

  async #find(id: string, person: SignedIn): Promise<CompanyCase> {
    const found = isUuid(id) && (await this.cases.find(id, person));
    if (!found) throw new NotFoundException();
    return found;
  }
}

function pathOf(id: string): string {
  return `/admin-enrollment/cases/${id}`;
}
