import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import {
  AdministratorsOnly,
  FreshPassword,
  IpPages,
  ReachableFromAnywhere,
} from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { addressRefused } from '../lists/address-refused.js';
import { IpLists } from '../lists/ip-lists.js';
import { stepperOf } from '../lists/steps.js';
import { EmergencyTickets } from '../tickets/emergency-tickets.js';
import { IpTrials } from './ip-trials.js';
import { RunningTrial } from './running-trial.js';
import { IP_TRIAL_STOPPED } from './trial-notices.js';

const IP_TRIAL_CONFIRMED = notice.success(say('試行していた設定を確定しました。'));

const NOT_CONFIRMED = say(
  '今お使いのIPアドレスは試行中の設定に含まれないため、確定できません。含まれるネットワークから確定してください。',
);
const ANOTHER_TRIAL = say(
  'ページを開いたあとに、別の設定の試行が始まりました。最新の内容をご確認のうえ、もう一度操作してください。',
);

const GONE = { status: 410 };
const TRIAL_OVER = page('ip-restriction/trial-over', say('試行は終了しています'), {}, GONE);

/** The end of a trial: its list is confirmed, or the former one is in force again. */
@Controller('ip-restriction')
@AdministratorsOnly()
@IpPages()
export class TrialEndController {
  constructor(
    private readonly lists: IpLists,
    private readonly running: RunningTrial,
    private readonly trials: IpTrials,
    private readonly tickets: EmergencyTickets,
  ) {}

  @Get('confirmation')
  async showConfirmation(@Me() person: SignedIn): Promise<Answer> {
    return (await this.running.page('trial-running', person)) ?? this.#confirmed(person);
  }

  @Post('confirmation')
  @FreshPassword()
  async confirm(@Body() { version }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const confirmed = await this.trials.confirm(person, version);
    if (confirmed.ok) return seeOther('/ip-restriction/confirmation', IP_TRIAL_CONFIRMED);
    const refused =
      confirmed.reason === 'address-refused'
        ? await this.running.page('trial-running', person, NOT_CONFIRMED, 403)
        : await this.running.page('trial-running', person, ANOTHER_TRIAL, 409);
    return refused ?? TRIAL_OVER;
  }

  /** The list in force, at the end of the way to it. */
  async #confirmed(person: SignedIn): Promise<Answer> {
    const { corporationId, isEmergency } = person;
    const list = await this.lists.inForce(corporationId);
    if (!list?.confirmedAt) return seeOther('/ip-restriction');
    const { number, restricts, confirmedByName: name, confirmedAt: time } = list;
    const model = {
      ...stepperOf('confirmation', restricts),
      number,
      restricts,
      name,
      time,
      isEmergency,
      count: (await this.lists.entriesOf(list.id)).length,
      tickets: (await this.tickets.shown(person)).length,
    };
    return page('ip-restriction/confirmed', say('IPアドレス制限の確定'), model);
  }

  @Get('ending')
  @ReachableFromAnywhere()
  async showEnding(@Me() person: SignedIn): Promise<Answer> {
    return (await this.running.page('ending', person)) ?? seeOther('/ip-restriction');
  }

  @Post('ending')
  @FreshPassword()
  @ReachableFromAnywhere()
  async stop(@Body() { version }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const stopped = await this.trials.stop(person, version);
    if (stopped.ok) return seeOther('/ip-restriction', IP_TRIAL_STOPPED);
    if (stopped.reason === 'address-refused') {
      const trial = await this.lists.onTrial(person.corporationId);
      return addressRefused(person.role, person.visit, trial);
    }
    return (await this.running.page('ending', person, ANOTHER_TRIAL, 409)) ?? TRIAL_OVER;
  }
}
