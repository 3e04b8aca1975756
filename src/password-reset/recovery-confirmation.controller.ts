import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Devices } from '../auth/sign-in/devices.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import type { FormBody } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { PasswordReset } from './password-reset.js';
import {
  linkRefused,
  RECOVERY_STARTED_OVER,
  RecoveryFlow,
  recoveryPath,
  recoveryStepperAt,
  shownOn,
} from './recovery-flow.js';
import { RecoveryRequests } from './recovery-requests.js';

/** 確認後、【登録】: the last step uses the link up and signs nobody in. */
@Controller('password-reset')
@Public()
export class RecoveryConfirmationController {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly reset: PasswordReset,
    private readonly devices: Devices,
    private readonly requests: RecoveryRequests,
  ) {}

  @Get('confirmation')
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.open('confirmation', id, visit);
    if (!opened.ok) return opened.answer;
    const { run } = opened;
    const account = await this.reset.chosen(opened.recovery, run);
    if (!account) return linkRefused('link-unknown');
    const { corporation, name, loginId } = account;
    const model = {
      ...recoveryStepperAt('confirmation'),
      flowId: run.id,
      shown: shownOn('confirmation', run),
      corporationName: corporation.name,
      name,
      loginId,
      newPasswordPath: recoveryPath('new-password', run),
    };
    return page('password-reset/confirmation', say('パスワード再登録'), model);
  }

  @Post('confirmation')
  async complete(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.openForm('confirmation', body, visit);
    if (!opened.ok) return opened.answer;
    const { run, recovery } = opened;
    const reset = await this.reset.complete(recovery, run, visit);
    if (!reset.ok)
      return reset.reason === 'second-factor-needed'
        ? seeOther(recoveryPath('second-factor', run))
        : linkRefused(reset.reason);
    if (reset.deviceCookie) {
      this.devices.cookie.set(visit, reset.deviceCookie);
      await this.requests.makeUpFor(recovery, visit);
    }
    return seeOther(recoveryPath('completed', run));
  }

  @Get('completed')
  async completed(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(id, visit);
    if (!run) return seeOther('/password-reset', RECOVERY_STARTED_OVER);
    if (!run.entries.completed) return seeOther(recoveryPath(await this.flow.stepOf(run), run));
    const { completed: loginId, corporation, suspender = '' } = run.entries;
    const named = { loginId, corporationName: corporation!.name };
    const model = { ...recoveryStepperAt('completed'), ...named, suspender };
    return page('password-reset/completed', say('パスワード再登録完了'), model);
  }
}
