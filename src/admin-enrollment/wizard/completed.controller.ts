import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Config } from '../../config.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { momentInWords } from '../../web/deadline.js';
import type { FormBody } from '../../web/forms.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { ActivationMails } from '../activation/activation-mails.js';
import { Applications } from './applications.js';
import { elsewhere } from './elsewhere.js';
import { EnrollmentFlow, maySee, pathOf, type EnrollmentRun } from './enrollment-flow.js';
import { initiate } from './entrances.js';
import { stepperAt } from './steps.js';

/** After 登録: what happens next, and what to do when the mail does not come. */
@Controller('initiate/completed')
@Public()
export class CompletedController {
  constructor(
    private readonly config: Config,
    private readonly flow: EnrollmentFlow,
    private readonly applications: Applications,
    private readonly activationMails: ActivationMails,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, id, visit);
    if (!run || !maySee(run, 'completed')) return elsewhere(initiate, run);
    return run.entries.caseNumber ? this.#underReview(run) : this.#mailSent(run, visit);
  }

  /** `act`: `send-again`, or `correct` to take the registration back and change what was entered. */
  @Post()
  async act(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, body.flow, visit);
    const registration = run?.entries.registration;
    if (!run || !registration) return elsewhere(initiate, run);
    if (body.act === 'correct') return this.#correct(run, visit);
    const sent = await this.activationMails.sendAgain(registration.accountId, visit);
    const notice = sent.ok ? 'mail-sent-again' : sent.reason;
    return seeOther(pathOf(initiate, 'completed', run), notice);
  }

  async #correct(run: EnrollmentRun, visit: Visit): Promise<Answer> {
    const withdrawn = await this.applications.takeBack(run, visit);
    return withdrawn
      ? seeOther(pathOf(initiate, 'details', run), 'registration-withdrawn')
      : seeOther(pathOf(initiate, 'completed', run), 'not-waiting');
  }

  async #mailSent(run: EnrollmentRun, visit: Visit): Promise<Answer> {
    const { registration, applicant } = run.entries;
    const endsAt = await this.activationMails.deadlineOf(registration!.accountId);
    return page('admin-enrollment/completed', initiate.completedTitle, {
      entrance: initiate,
      ...stepperAt('completed'),
      flowId: run.id,
      email: applicant!.email,
      mailFrom: this.config.mailFrom,
      deadline: endsAt ? momentInWords(endsAt, visit.language) : '',
    });
  }

  #underReview(run: EnrollmentRun): Answer {
    const { caseNumber, applicant } = run.entries;
    return page('admin-enrollment/under-review', initiate.completedTitle, {
      ...stepperAt('completed'),
      caseNumber,
      email: applicant!.email,
      mailFrom: this.config.mailFrom,
    });
  }
}
