import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import type { Account } from '../../identity/account.entity.js';
import { DeskForm, DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { ReasonForm } from '../people/operator.form.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import {
  ACT_REFUSALS,
  ACCOUNT_ACT_WORDS,
  isAccountAct,
  possibleActs,
  type AccountAct,
} from './account-act-words.js';
import { AccountActs, type AccountActRefusal } from './account-acts.js';
import { AccountMails, type MailRefused } from './account-mails.js';
import { AccountReports } from './account-reports.js';

/** `at`: when the mail went that is not sent twice. */
type Acted = { ok: true } | { ok: false; reason: AccountActRefusal | MailRefused; at?: Date };

const NOT_NOW = notice.info(
  say('この利用者の現在の状態では、選ばれた操作はできません。下の状況を確認してください。'),
);

const WAIT_OVER = notice.info(
  say('{name} 様の待ち時間は、すでに終わっています。下の状況を確認してください。'),
);

/** A stolen account is suspended all the same, if somebody says so. */
const OF_THE_LAST: string[] = ['last-administrator', 'newcomer-alone'];

/** One act on one account: what it does, why, and the button. */
@Controller('desk/accounts/:id/acts/:act')
@DeskPage()
@FreshDeskFactor()
export class AccountActController {
  constructor(
    private readonly reports: AccountReports,
    private readonly acts: AccountActs,
    private readonly mails: AccountMails,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Param('act') typed: string): Promise<Answer> {
    const [account, act] = [await this.reports.find(id), actOf(typed)];
    if (!(await this.#isPossible(act, account))) return goneAct(act, account);
    return actPage(account, act, new FormReading());
  }

  @Post()
  @DeskForm(() => ReasonForm)
  async act(
    @Param('id') id: string,
    @Param('act') typed: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const [account, act] = [await this.reports.find(id), actOf(typed)];
    const read = readForm(ReasonForm, body);
    if (!read.ok) return actPage(account, act, read.reading);
    const isSure = body.leavesNobody === 'yes';
    const isPossible = await this.#isPossible(act, account);
    if (!isPossible && act === 'end-waits') return goneAct(act, account);
    const acted: Acted = isPossible
      ? await this.#act(act, account, { ...read.form, isSure }, me)
      : { ok: false, reason: 'state-changed' };
    if (acted.ok)
      return seeOther(
        `/desk/accounts/${id}`,
        about(ACCOUNT_ACT_WORDS[act].done, { name: account.name }),
      );
    const values = { time: acted.at ?? '' };
    const refusal = { name: 'why', sentence: { ...ACT_REFUSALS[acted.reason], values } };
    const mayLeaveNobody = OF_THE_LAST.includes(acted.reason) && 'yes';
    return actPage(account, act, new FormReading({ ...read.form, mayLeaveNobody }, refusal));
  }

  async #isPossible(act: AccountAct, account: Account): Promise<boolean> {
    return possibleActs(await this.reports.read(account)).includes(act);
  }

  #act(
    act: AccountAct,
    account: Account,
    { why, isSure }: { why: string; isSure: boolean },
    { name: operator, visit }: SignedInOperator,
  ): Promise<Acted> {
    const [{ id }, by] = [account, { operator, why, visit }];
    switch (act) {
      case 'end-waits':
        return this.acts.endWaits({ id }, by);
      case 'release':
        return this.acts.release({ id }, by);
      case 'freeze':
        return this.acts.freeze({ id }, by, isSure);
      case 'end-sessions':
        return this.acts.endSessions({ id }, by);
      case 'send-activation':
        return this.mails.activation(account, by);
      case 'send-recovery':
        return this.mails.recovery(account, by);
    }
  }
}

function actOf(typed: string): AccountAct {
  if (!isAccountAct(typed)) throw new NotFoundException();
  return typed;
}

/** A wait may end while somebody writes why. */
function goneAct(act: AccountAct, { id, name }: Account): Answer {
  const told = act === 'end-waits' ? about(WAIT_OVER, { name }) : NOT_NOW;
  return seeOther(`/desk/accounts/${id}`, told);
}

function actPage(account: Account, act: AccountAct, form: FormReading): Answer {
  const { title, effect } = ACCOUNT_ACT_WORDS[act];
  const model = {
    form,
    title,
    effect,
    action: `/desk/accounts/${account.id}/acts/${act}`,
    back: `/desk/accounts/${account.id}`,
    name: account.name,
    loginId: account.shownLoginId,
    corporationName: account.corporation.name,
    isDanger: act === 'freeze' || act === 'end-sessions',
    asksHours: false,
  };
  return page('desk/act', title, model);
}
