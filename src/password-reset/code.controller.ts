import { Body, Controller, Get, Post } from '@nestjs/common';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { HOUR_SECONDS } from '../durations.js';
import { Limits } from '../limits/limits.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, readForm, type FormBody } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { isUuid } from '../web/uuid.js';
import { Visitor, type Visit } from '../web/visit.js';
import { Recoveries } from './recoveries.js';
import { RecoveryFlow, recoveryPath } from './recovery-flow.js';
import { CodeForm } from './code.form.js';

const WRONG = say(
  'コードが違うか、入力できる回数や時間を過ぎています。いちばん新しいメールのコードをご確認ください。メールは再送できます。',
);

@Controller('password-reset/code')
@Public()
export class CodeController {
  constructor(
    private readonly recoveries: Recoveries,
    private readonly flow: RecoveryFlow,
    private readonly limits: Limits,
    private readonly counts: HourlyCounts,
  ) {}

  @Get()
  show(): Answer {
    return codePage(new FormReading());
  }

  /** An empty code on the page that says the mail is on its way was a second press of 送信. */
  @Post()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    if (!body.code?.trim() && isUuid(body.flow))
      return seeOther(`/password-reset/sent?flow=${body.flow}`);
    const read = readForm(CodeForm, body);
    if (!read.ok) return codePage(read.reading, 422);
    const taken = await this.limits.take({
      key: `recovery-code:${visit.network}`,
      maximum: 60,
      seconds: HOUR_SECONDS,
    });
    if (!taken.ok) return tooManyTries(taken.retryAfter);
    const recovery = await this.recoveries.findByCode(read.form.email, read.form.code);
    if (!recovery) {
      this.counts.add('password-reset', 'recovery-code-wrong');
      return codePage(new FormReading(read.form, { name: 'code', sentence: WRONG }), 422);
    }
    const run = await this.flow.begin(recovery, visit);
    return seeOther(recoveryPath('numbers', run));
  }
}

function codePage(form: FormReading, status = 200): Answer {
  return page('password-reset/code', say('コードの入力'), { form }, { status });
}

function tooManyTries(retryAfter: number): Answer {
  const title = say('しばらく待ってから、もう一度お試しください');
  const model = { minutes: Math.ceil(retryAfter / 60) };
  return page('password-reset/exhausted', title, model, { status: 429, retryAfter });
}
