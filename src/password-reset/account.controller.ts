import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Account } from '../identity/account.entity.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, type FormBody } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { PasswordReset } from './password-reset.js';
import {
  RecoveryFlow,
  recoveryPath,
  recoveryStepperAt,
  type RecoveryRun,
} from './recovery-flow.js';

const CHOOSE = say('再登録するログインIDを選んでください。');

/** The choice of an ID, shown when several IDs of the company belong to the mailbox. */
@Controller('password-reset/account')
@Public()
export class AccountController {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly reset: PasswordReset,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.open('account', id, visit);
    if (!opened.ok) return opened.answer;
    const { run, recovery } = opened;
    const accounts = await this.reset.recoverable(recovery, run.entries.corporation!.id);
    // With one ID there is nothing to choose.
    if (run.entries.accountId && accounts.length === 1)
      return seeOther(recoveryPath(await this.flow.stepOf(run), run));
    return choicePage(new FormReading(), accounts, run);
  }

  @Post()
  async choose(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.flow.open('account', body.flow ?? '', visit);
    if (!opened.ok) return opened.answer;
    const { run, recovery } = opened;
    const accounts = await this.reset.recoverable(recovery, run.entries.corporation!.id);
    const chosen = accounts.find(({ id }) => id === body.accountId);
    if (!chosen) {
      const form = new FormReading({}, { name: 'accountId', sentence: CHOOSE });
      return choicePage(form, accounts, run);
    }
    await this.flow.remember(run, { accountId: chosen.id, passwordHash: '' });
    return seeOther(recoveryPath(await this.flow.stepOf(run), run));
  }
}

function choicePage(form: FormReading, accounts: Account[], run: RecoveryRun): Answer {
  const model = {
    ...recoveryStepperAt('numbers'),
    form,
    flowId: run.id,
    corporationName: run.entries.corporation!.name,
    accounts: accounts.map(({ id: accountId, loginId, name }) => ({ accountId, loginId, name })),
  };
  return page('password-reset/account', say('ログインIDの選択'), model);
}
