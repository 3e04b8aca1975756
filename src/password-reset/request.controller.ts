import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Config } from '../config.js';
import { KnownAddressForm } from '../identity/person.form.js';
import { MAIL_REFUSALS } from '../mail/refused-mails.js';
import { TakesTurns } from '../limits/strangers-turns.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { Flows } from '../web/flows.js';
import { FormReading, readForm, type FormBody } from '../web/forms/forms.js';
import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { RECOVERY_STARTED_OVER } from './recovery-flow.js';
import { RecoveryRequests } from './recovery-requests.js';
import { RECOVERY_REQUEST, type RequestedRecovery } from './request-flow.js';

const RECOVERY_SENT_AGAIN = notice.success(
  say('パスワード再登録のご案内を再送しました。いちばん新しいメールをご覧ください。'),
);

const TITLE = say('パスワード再登録');

/** メールアドレス → パスワード再登録URL発行完了: the same pages for every address. */
@Controller('password-reset')
@Public()
export class RequestController {
  constructor(
    private readonly config: Config,
    private readonly requests: RecoveryRequests,
    private readonly flows: Flows,
  ) {}

  @Get()
  show(): Answer {
    return page('password-reset/request', TITLE, { form: new FormReading() });
  }

  @Post()
  @TakesTurns()
  async request(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(KnownAddressForm, body);
    if (!read.ok) return page('password-reset/request', TITLE, { form: read.reading });
    const { email } = read.form;
    const flow = await this.flows.begin<RequestedRecovery>(RECOVERY_REQUEST, { email }, visit);
    const endsAt = await this.requests.request(email, flow.id, visit);
    await this.flows.remember(flow, { endsAt: endsAt.toISOString() });
    return seeOther(`/password-reset/sent?flow=${flow.id}`);
  }

  @Get('sent')
  async sent(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const flow = await this.flows.find<RequestedRecovery>(RECOVERY_REQUEST, id, visit);
    if (!flow) return seeOther('/password-reset', RECOVERY_STARTED_OVER);
    const { email, endsAt } = flow.entries;
    return page('password-reset/sent', say('パスワード再登録URL発行完了'), {
      form: new FormReading(),
      flowId: flow.id,
      email,
      mailFrom: this.config.mailFrom,
      deadline: new Date(endsAt!),
    });
  }

  @Post('sent')
  async sendAgain(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const flow = await this.flows.find<RequestedRecovery>(RECOVERY_REQUEST, body.flow ?? '', visit);
    if (!flow) return seeOther('/password-reset', RECOVERY_STARTED_OVER);
    const again = await this.requests.requestAgain(flow.entries.email!, flow.id, visit);
    if (again.ok) await this.flows.remember(flow, { endsAt: again.endsAt.toISOString() });
    return seeOther(
      `/password-reset/sent?flow=${flow.id}`,
      again.ok ? RECOVERY_SENT_AGAIN : MAIL_REFUSALS[again.reason],
    );
  }
}
