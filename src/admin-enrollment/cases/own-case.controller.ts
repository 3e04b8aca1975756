import { Body, Controller, Get, Post } from '@nestjs/common';
import { UnfinishedSignIns } from '../../auth/sign-in/unfinished-sign-ins.js';
import { CaseAnswers } from '../../cases/case-answers.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { unsentPage } from '../../web/forms/unsent-page.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Enrollments } from '../applications/enrollments.js';
import { CASE_NOT_DECIDED, caseView, paragraphsOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { OwnCase, type Explained } from './own-case.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { ExplanationForm, STATEMENT_LIMIT, STATEMENT_SENT } from '../objections/statement.form.js';

const APPLICATION_WITHDRAWN = notice.info(say('追加登録のお申し込みを取り消しました。'));
const DESK_DECIDED = notice.info(
  say(
    '担当窓口がすでに判断したため、ご説明は送信されませんでした。結果はメールでお知らせしています。',
  ),
);
const NOT_SENT = notice.info(
  say(
    'お時間が過ぎたため、送信された内容を受け付けていません。ログインすると、お手続きの状況のページに戻ります。もう一度入力してください。',
  ),
);
const NOT_WITHDRAWN = notice.info(
  say(
    'お時間が過ぎたため、お申し込みは取り消していません。ログインすると、お手続きの状況のページに戻ります。取り消す場合は、もう一度操作してください。',
  ),
);
const OTHER_CASE = notice.warning(
  say(
    'このブラウザーでは、別のお申し込みの方がログインしています。操作はまだ行っていません。お申し込みの内容をご確認ください。',
  ),
);
const TITLES = {
  succession: say('追加登録のお手続きの状況'),
  initial: say('新規登録のお手続きの状況'),
};
const NOTICES: Record<Explained, Notice> = {
  done: STATEMENT_SENT,
  'case-over': DESK_DECIDED,
  'statement-limit': STATEMENT_LIMIT,
};

/** All that a newcomer sees who is held back or frozen: the case, after the right password. */
@Controller('admin-enrollment/case')
@Public()
export class OwnCaseController {
  constructor(
    private readonly unfinished: UnfinishedSignIns,
    private readonly ownCase: OwnCase,
    private readonly enrollments: Enrollments,
    private readonly answers: CaseAnswers,
    private readonly entitled: EntitledWitnesses,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const enrollment = await this.#find(visit);
    return enrollment ? this.#page(new FormReading(), enrollment) : seeOther('/login');
  }

  /** `act`: `withdraw`, or `explain` to tell the desk the other side. */
  @Post()
  async act(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const enrollment = await this.#find(visit);
    if (!enrollment) return seeOther('/login', await this.#lateNotice(body));
    // Another tab may have signed in as the newcomer of another case since.
    if (body.case !== enrollment.id) return unsentPage(await this.show(visit), body, OTHER_CASE);
    if (body.act === 'withdraw') return this.#withdraw(enrollment, visit);
    const read = readForm(ExplanationForm, body);
    if (!read.ok) return this.#page(read.reading, enrollment);
    const told = await this.ownCase.explain(enrollment, read.form.statement, visit);
    return seeOther('/admin-enrollment/case', NOTICES[told]);
  }

  async #lateNotice({ act, case: id }: FormBody): Promise<Notice> {
    const { isDecided, canBeWithdrawn } = await this.ownCase.standing(id);
    if (act === 'withdraw') return canBeWithdrawn ? NOT_WITHDRAWN : CASE_NOT_DECIDED;
    return isDecided ? DESK_DECIDED : NOT_SENT;
  }

  async #withdraw({ id }: Enrollment, visit: Visit): Promise<Answer> {
    const withdrawn = await this.enrollments.withdraw(id, 'canBeWithdrawn', visit);
    return withdrawn
      ? seeOther('/login', APPLICATION_WITHDRAWN)
      : seeOther('/admin-enrollment/case', CASE_NOT_DECIDED);
  }

  async #page(form: FormReading, enrollment: Enrollment): Promise<Answer> {
    const { id, account, kind, stage, isAtDesk, caseNumber, newcomerStatement } = enrollment;
    const model = {
      form,
      said: paragraphsOf(newcomerStatement),
      caseId: id,
      held: stage === 'held',
      objected: isAtDesk,
      isStoppedByDesk: isAtDesk && !(await this.entitled.isObjected(enrollment)),
      answers: await this.answers.to(account!.id, caseNumber),
      ...caseView(enrollment),
    };
    return page('admin-enrollment/own-case', TITLES[kind], model);
  }

  async #find(visit: Visit): Promise<Enrollment | undefined> {
    const accountId = await this.unfinished.accountOf(visit);
    return accountId === undefined ? undefined : this.ownCase.find(accountId);
  }
}
