import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { Flows, type FlowRun } from '../web/flows.js';
import { FormReading, readForm, type FormBody } from '../web/forms/forms.js';
import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { CodeForm } from './code.form.js';
import { MailedCodes } from './mailed-codes.js';
import { Recoveries } from './recoveries.js';
import { RecoveryFlow, recoveryPath } from './recovery-flow.js';
import { RECOVERY_REQUEST, type RequestedRecovery } from './request-flow.js';

const WRONG = say(
  'コードが違うか、入力できる回数や時間を過ぎています。このブラウザーで「送信」を押したときに届いたメールのコードをご確認ください。メールは再送できます。',
);

const ELSEWHERE = notice.info(
  say(
    'コードは、「送信」を押したブラウザーで、30分以内に入力します。お手数ですが、もう一度「送信」を押して、新しく届くメールのコードを入力してください。お送りしたメールのURLは、期限まで使えます。',
  ),
);

const EMPTY = notice.info(
  say(
    'コードは入力されていません。メールのURLを開くか、メールに記載された8文字のコードを入力してください。',
  ),
);

/**
 * The mail's code, taken in the tab that asked for the mail and nowhere else: whatever strangers
 * type, there is no code of somebody else to try, and no try of somebody else to use up.
 */
@Controller('password-reset/code')
@Public()
export class CodeController {
  constructor(
    private readonly codes: MailedCodes,
    private readonly recoveries: Recoveries,
    private readonly flow: RecoveryFlow,
    private readonly flows: Flows,
    private readonly counts: HourlyCounts,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const request = await this.flows.find<RequestedRecovery>(RECOVERY_REQUEST, id, visit);
    return request ? codePage(request, new FormReading()) : seeOther('/password-reset', ELSEWHERE);
  }

  /** An empty code on the page that says the mail is on its way may be a second press of 送信. */
  @Post()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const id = body.flow || undefined;
    const request = await this.flows.find<RequestedRecovery>(RECOVERY_REQUEST, id, visit);
    if (!request) return seeOther('/password-reset', ELSEWHERE);
    if (body.page === 'sent' && !body.code?.trim())
      return seeOther(`/password-reset/sent?flow=${request.id}`, EMPTY);
    const read = readForm(CodeForm, body);
    if (!read.ok) return codePage(request, read.reading);
    const link = await this.codes.find(request.id, read.form.code);
    const opened = link && (await this.recoveries.lookById(link));
    if (!opened || !opened.ok) {
      this.counts.add('password-reset', 'recovery-code-wrong');
      const form = new FormReading(read.form, { name: 'code', sentence: WRONG });
      return codePage(request, form);
    }
    const run = await this.flow.begin(opened.recovery, visit);
    return seeOther(recoveryPath('numbers', run));
  }
}

function codePage(request: FlowRun<RequestedRecovery>, form: FormReading): Answer {
  const model = { form, flowId: request.id, email: request.entries.email };
  return page('password-reset/code', say('コードの入力'), model);
}
