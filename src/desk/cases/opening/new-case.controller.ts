import { Body, Controller, Get, NotFoundException, Post, Query } from '@nestjs/common';
import { DeskPage } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { typedText } from '../../../web/forms/fields.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { about, notice, type Notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { ReasonForm } from '../../people/operator.form.js';
import { CurrentOperator } from '../../sign-in/current-operator.js';
import type { SignedInOperator } from '../../sign-in/desk-sessions.js';
import { CaseOpening, type CaseOccasion } from './case-opening.js';
import { CasePages, casePath } from '../case-page.js';
import { CASE_KIND_WORDS } from '../case-words.js';

const TITLE = say('事案を作る');
const OPENED = notice.success(say('事案 {number} を作りました。'));
const OPEN_ALREADY = notice.info(say('この件の事案 {number} は、すでに受け付けています。'));
const OVER = notice.info(say('この登録には、担当窓口で判断することがありません。'));
const NO_FACTOR = notice.info(
  say(
    'この方には、紛失を受け付ける2段階認証がないため、事案は作れません。ログインできない理由は、このページの案内でご確認ください。2段階認証は、ログインのあとに、ご本人が「2段階認証」のページで設定できます。',
  ),
);

/** A case that the desk begins itself: a lost factor after a call, or a new administrator. */
@Controller('desk/cases/new')
@DeskPage()
export class NewCaseController {
  constructor(
    private readonly opening: CaseOpening,
    private readonly pages: CasePages,
  ) {}

  /** `account`, or `enrollment` by its number; what is a case already is shown. */
  @Get()
  async show(@Query() { account, enrollment }: Record<string, unknown>): Promise<Answer> {
    const asked = { account: typedText(account), enrollment: typedText(enrollment) };
    const known = asked.enrollment && (await this.pages.known(asked.enrollment));
    if (known) return seeOther(casePath(known.caseNumber));
    const occasion = await this.opening.occasion(asked.account, asked.enrollment);
    if (isNone(occasion)) return nothing(asked.enrollment, occasion);
    const open = await this.opening.openAbout(occasion);
    if (open) return ledTo(open, OPEN_ALREADY);
    return newCasePage(occasion, new FormReading());
  }

  @Post()
  async open(
    @Body() body: FormBody,
    @CurrentOperator() { name: operator, visit }: SignedInOperator,
  ): Promise<Answer> {
    const { account = '', enrollment = '' } = body;
    const occasion = await this.opening.occasion(account, enrollment);
    if (isNone(occasion)) return nothing(enrollment, occasion);
    const read = readForm(ReasonForm, body);
    if (!read.ok) return newCasePage(occasion, read.reading);
    const by = { operator, why: read.form.why, visit };
    const opened = await this.opening.open(occasion, by);
    if (!opened.ok) return nothing(enrollment, occasion);
    return ledTo(opened.caseNumber, opened.isNew ? OPENED : OPEN_ALREADY);
  }
}

function ledTo(number: string, told: Notice): Answer {
  return seeOther(casePath(number), about(told, { number }));
}

function isNone({ account, enrollment }: CaseOccasion): boolean {
  return !account && !enrollment;
}

function nothing(enrollment: string, { account, withoutFactor = account?.id }: CaseOccasion) {
  if (withoutFactor) return seeOther(`/desk/accounts/${withoutFactor}`, NO_FACTOR);
  if (enrollment === '') throw new NotFoundException();
  return seeOther(`/desk/search?${new URLSearchParams({ q: enrollment }).toString()}`, OVER);
}

function newCasePage({ account, enrollment }: CaseOccasion, form: FormReading): Answer {
  const { name, corporationName } = account
    ? { name: account.name, corporationName: account.corporation.name }
    : { name: enrollment!.applicant, corporationName: enrollment!.corporation!.name };
  const kind = CASE_KIND_WORDS[account ? 'lost-factor' : 'succession'];
  const model = {
    form,
    kind,
    name,
    loginId: account?.shownLoginId ?? null,
    corporationName,
    account: account?.id ?? '',
    enrollment: account ? '' : enrollment!.caseNumber,
    back: account
      ? `/desk/accounts/${account.id}`
      : `/desk/corporations/${enrollment!.corporation!.id}`,
  };
  return page('desk/new-case', TITLE, model);
}
