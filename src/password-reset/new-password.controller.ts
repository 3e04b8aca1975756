import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { NewPasswords } from '../auth/passwords/new-passwords.js';
import { knownSource } from '../limits/source.js';
import type { Account } from '../identity/account.entity.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, type FormBody } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { PasswordReset } from './password-reset.js';
import {
  linkRefused,
  RecoveryFlow,
  recoveryPath,
  recoveryStepperAt,
  shownOn,
  type RecoveryRun,
} from './recovery-flow.js';

/** 法人名, 氏名, ログインID, and the new password twice. */
@Controller('password-reset/new-password')
@Public()
export class NewPasswordController {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly reset: PasswordReset,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.open('new-password', id, visit);
    if (!opened.ok) return opened.answer;
    const account = await this.reset.chosen(opened.recovery, opened.run);
    return account
      ? this.#page(new FormReading(), account, opened.run)
      : linkRefused('link-unknown');
  }

  @Post()
  async choose(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.openForm('new-password', body, visit);
    if (!opened.ok) return opened.answer;
    const account = await this.reset.chosen(opened.recovery, opened.run);
    if (!account) return linkRefused('link-unknown');
    const { loginId, name, email, corporation } = account;
    const owner = { loginId, email, others: [name, corporation.name] };
    const source = knownSource(`recovery ${opened.recovery.link.id}`, visit);
    const problems = await this.newPasswords.problems(body, owner, source);
    if (problems.length > 0)
      return this.#page(new FormReading({}, ...problems), account, opened.run);
    const passwordHash = await this.newPasswords.hash(body, source);
    await this.flow.remember(opened.run, { passwordHash });
    return seeOther(recoveryPath('confirmation', opened.run));
  }

  #page(form: FormReading, { corporation, name, loginId }: Account, run: RecoveryRun): Answer {
    const model = {
      ...recoveryStepperAt('new-password'),
      form,
      flowId: run.id,
      shown: shownOn('new-password', run),
      corporationName: corporation.name,
      name,
      loginId,
      ...this.newPasswords.rules,
    };
    return page('password-reset/new-password', say('パスワード再登録'), model);
  }
}
