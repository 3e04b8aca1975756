import { Body, Controller, Get, Post } from '@nestjs/common';
import { addressRefused } from '../../auth/refused-sign-ins.js';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, IpPages, ReachableFromAnywhere } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { IpTrials } from './ip-trials.js';

const IP_TRIAL_STOPPED = notice(
  'ip-trial-stopped',
  'success',
  '試行を終了し、元の設定に戻しました。',
);

/** The end of a trial before its deadline, also for somebody whom the trial keeps out. */
@Controller('ip-restriction/ending')
@AdministratorsOnly()
@IpPages()
@ReachableFromAnywhere()
export class EndingController {
  constructor(private readonly trials: IpTrials) {}

  @Get()
  async show(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const running = await this.trials.running(person.corporationId);
    if (!running) return seeOther('/ip-restriction');
    return page('ip-restriction/ending', say('試行の終了'), {
      version: running.id,
      deadline: momentInWords(running.trialEndsAt!, visit.language),
    });
  }

  @Post()
  async stop(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const stopped = await this.trials.stop(person, body.version, visit);
    if (stopped.ok) return seeOther('/ip-restriction', IP_TRIAL_STOPPED);
    if (stopped.reason === 'address-refused') return addressRefused(person.role, visit);
    return page('ip-restriction/trial-over', say('試行は終了しています'), {}, { status: 410 });
  }
}
