import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { TicketRenewal } from '../access/tickets/ticket-renewal.js';
import { IpTrials } from './ip-trials.js';
import { TrialPages } from './trial-pages.js';

const IP_TRIAL_CONFIRMED = notice('ip-confirmed', 'success', '試行していた設定を確定しました。');

const REFUSED = say(
  '今お使いのIPアドレスは試行中の設定に含まれないため、確定できません。含まれるネットワークから、確定の操作をしてください。',
);

/** The word that makes a trial permanent. */
@Controller('ip-restriction/confirmation')
@AdministratorsOnly()
@IpPages()
export class TrialConfirmationController {
  constructor(
    private readonly trials: IpTrials,
    private readonly pages: TrialPages,
    private readonly tickets: TicketRenewal,
  ) {}

  @Get()
  async show(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const running = await this.trials.running(person.corporationId);
    return running ? this.pages.running(running, visit) : seeOther('/ip-restriction');
  }

  @Post()
  async confirm(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const confirmed = await this.trials.confirm(person, body.version, visit);
    if (confirmed.ok)
      return seeOther(await this.tickets.afterChange(person, visit), IP_TRIAL_CONFIRMED);
    const running = await this.trials.running(person.corporationId);
    if (running && confirmed.reason === 'address-refused')
      return this.pages.running(running, visit, { sentence: REFUSED, status: 403 });
    return page('ip-restriction/trial-over', say('試行は終了しています'), {}, { status: 410 });
  }
}
