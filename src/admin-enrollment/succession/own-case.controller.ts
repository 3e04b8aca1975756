import { Body, Controller, Get, Post } from '@nestjs/common';
import { SignIn } from '../../auth/sign-in.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { STARTED_OVER } from '../../web/flows.js';
import { newForm, readForm, type FormBody, type FormReading } from '../../web/forms.js';
import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { CaseFacts } from './case-facts.js';
import { CASE_NOT_DECIDED, caseView } from './case-view.js';
import { NewcomerCase, type Explained } from './newcomer-case.js';
import { ExplanationForm } from './statement.form.js';

const APPLICATION_WITHDRAWN = notice(
  'application-withdrawn',
  'info',
  '追加登録のお申し込みを取り消しました。',
);
const NOTICES: Record<Explained, Notice> = {
  done: notice('statement-sent', 'success', 'ご説明を担当窓口へお送りしました。'),
  'case-over': CASE_NOT_DECIDED,
  'statement-limit': notice(
    'statement-limit',
    'warning',
    'ご説明をお送りできるのは、1日に3回までです。お急ぎの場合は、担当窓口までお電話ください。',
  ),
};

/** All that a newcomer sees who is held back or frozen: the case, after the right password. */
@Controller('admin-enrollment/case')
@Public()
export class OwnCaseController {
  constructor(
    private readonly signIn: SignIn,
    private readonly newcomer: NewcomerCase,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const facts = await this.#find(visit);
    return facts ? ownCasePage(newForm(), facts, visit) : seeOther('/login');
  }

  /** `act`: `withdraw`, or `explain` to tell the desk the other side. */
  @Post()
  async act(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const facts = await this.#find(visit);
    if (!facts) return seeOther('/login', STARTED_OVER);
    if (body.act === 'withdraw') {
      const withdrawn = await this.newcomer.withdraw(facts, visit);
      return withdrawn
        ? seeOther('/login', APPLICATION_WITHDRAWN)
        : seeOther('/admin-enrollment/case', CASE_NOT_DECIDED);
    }
    const read = readForm(ExplanationForm, body);
    if (!read.ok) return ownCasePage(read.reading, facts, visit, 422);
    const told = await this.newcomer.explain(facts, read.form.statement, visit);
    return seeOther('/admin-enrollment/case', NOTICES[told]);
  }

  async #find(visit: Visit): Promise<CaseFacts | undefined> {
    const accountId = await this.signIn.unfinishedAccount(visit);
    return accountId === undefined ? undefined : this.newcomer.find(accountId);
  }
}

function ownCasePage(form: FormReading, facts: CaseFacts, visit: Visit, status = 200): Answer {
  const objected = facts.stage === 'objected';
  const model = {
    form,
    held: facts.stage === 'held',
    objected,
    ...caseView(facts, visit.language),
  };
  return page('admin-enrollment/own-case', say('追加登録のお手続きの状況'), model, { status });
}
