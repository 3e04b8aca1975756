import { Body, Controller, Get, Post } from '@nestjs/common';
import { UnfinishedSignIns } from '../../auth/unfinished-sign-ins.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { newForm, readForm, type FormBody, type FormReading } from '../../web/forms.js';
import type { Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { CaseFacts } from './case-facts.js';
import { caseView } from './case-view.js';
import { NewcomerCase, type Explained } from './newcomer-case.js';
import { ExplanationForm } from './statement.form.js';

const NOTICES: Record<Explained, Notice> = {
  done: 'statement-sent',
  'case-over': 'case-not-decided',
  'statement-limit': 'statement-limit',
};

/** All that a newcomer sees who is held back or frozen: the case, after the right password. */
@Controller('admin-enrollment/case')
@Public()
export class OwnCaseController {
  constructor(
    private readonly unfinished: UnfinishedSignIns,
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
    if (!facts) return seeOther('/login', 'start-over');
    if (body.act === 'withdraw') {
      const withdrawn = await this.newcomer.withdraw(facts, visit);
      return withdrawn
        ? seeOther('/login', 'application-withdrawn')
        : seeOther('/admin-enrollment/case', 'case-not-decided');
    }
    const read = readForm(ExplanationForm, body);
    if (!read.ok) return ownCasePage(read.reading, facts, visit, 422);
    const told = await this.newcomer.explain(facts, read.form.statement, visit);
    return seeOther('/admin-enrollment/case', NOTICES[told]);
  }

  async #find(visit: Visit): Promise<CaseFacts | undefined> {
    const accountId = await this.unfinished.accountOf(visit);
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
