import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { addressRefused } from '../../auth/sign-in/refused-sign-ins.js';
import {
  AdministratorsOnly,
  FreshPassword,
  IpPages,
  ReachableFromAnywhere,
} from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { cleanCode } from '../../web/forms/fields.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { LIST_REFUSALS, type ListRefusal, type NextList } from '../draft/previews.js';
import { IpLists } from '../lists/ip-lists.js';
import { EmergencyTickets } from '../tickets/emergency-tickets.js';
import { IpTrials } from './ip-trials.js';
import { endingPage, trialOver, TrialPages, type Refused } from './trial-pages.js';

const IP_LIST_APPLIED = notice('ip-applied', 'success', 'IPアドレス制限の設定を反映しました。');
const IP_TRIAL_CONFIRMED = notice('ip-confirmed', 'success', '試行していた設定を確定しました。');
const IP_TRIAL_STOPPED = notice(
  'ip-trial-stopped',
  'success',
  '試行を終了し、元の設定に戻しました。',
);

const WRONG_MINUTES = {
  sentence: say('試行する時間は、3分から60分までで選んでください。'),
  status: 422,
};
const NOT_CONFIRMED = {
  sentence: say(
    '今お使いのIPアドレスは試行中の設定に含まれないため、確定できません。含まれるネットワークから、確定の操作をしてください。',
  ),
  status: 403,
};
const ANOTHER_TRIAL = {
  sentence: say(
    '画面を開いたあとに、別の設定の試行が始まりました。最新の内容をご確認のうえ、もう一度操作してください。',
  ),
  status: 409,
};

/** Trials: a list is in force at once, and ends at its deadline unless an administrator confirms it. */
@Controller('ip-restriction')
@AdministratorsOnly()
@IpPages()
export class TrialController {
  constructor(
    private readonly lists: IpLists,
    private readonly trials: IpTrials,
    private readonly pages: TrialPages,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get('trial')
  async show(
    @Query('list') list: unknown,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    return this.pages.trial(person, visit, { list: listOf(list) });
  }

  /** `act=apply` puts the list in force without a trial. */
  @Post('trial')
  @FreshPassword()
  async begin(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const list = listOf(body.list);
    const typed = cleanCode(body.minutes ?? '');
    const minutes = body.act === 'apply' ? undefined : minutesIn(typed);
    const again = (refused: Refused) => this.pages.trial(person, visit, { list, typed, refused });
    if (Number.isNaN(minutes)) return again(WRONG_MINUTES);
    const proposal = { list, edition: Number(body.edition), minutes };
    const changed = await this.trials.change(person, proposal, visit);
    if (!changed.ok) return again(refusedBecause(changed.reason));
    if (minutes !== undefined) return seeOther('/ip-restriction/trial');
    return seeOther(await this.tickets.afterChange(person, visit), IP_LIST_APPLIED);
  }

  @Get('confirmation')
  async showConfirmation(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const running = await this.lists.onTrial(person.corporationId);
    return running ? this.pages.running(running, visit) : seeOther('/ip-restriction');
  }

  @Post('confirmation')
  @FreshPassword()
  async confirm(
    @Body() { version }: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const confirmed = await this.trials.confirm(person, version, visit);
    if (confirmed.ok)
      return seeOther(await this.tickets.afterChange(person, visit), IP_TRIAL_CONFIRMED);
    const refused = confirmed.reason === 'address-refused' ? NOT_CONFIRMED : ANOTHER_TRIAL;
    const running = await this.lists.onTrial(person.corporationId);
    return running ? this.pages.running(running, visit, refused) : trialOver();
  }

  @Get('ending')
  @ReachableFromAnywhere()
  async showEnding(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const running = await this.lists.onTrial(person.corporationId);
    return running ? endingPage(running, visit) : seeOther('/ip-restriction');
  }

  @Post('ending')
  @FreshPassword()
  @ReachableFromAnywhere()
  async stop(
    @Body() { version }: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const stopped = await this.trials.stop(person, version, visit);
    if (stopped.ok) return seeOther('/ip-restriction', IP_TRIAL_STOPPED);
    if (stopped.reason === 'address-refused') return addressRefused(person.role, visit);
    const running = await this.lists.onTrial(person.corporationId);
    return running ? endingPage(running, visit, ANOTHER_TRIAL) : trialOver();
  }
}

function listOf(typed: unknown): NextList {
  return typed === 'off' ? 'off' : 'draft';
}

/** NaN unless it is a number from 3 to 60. */
function minutesIn(typed: string): number {
  const minutes = /^\d+$/.test(typed) ? Number(typed) : NaN;
  return minutes >= 3 && minutes <= 60 ? minutes : NaN;
}

function refusedBecause(reason: ListRefusal): Refused {
  const isConflict = reason === 'trial-running' || reason === 'edited-meanwhile';
  return { sentence: LIST_REFUSALS[reason], status: isConflict ? 409 : 422 };
}
