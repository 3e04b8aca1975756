import { Controller, Get, Post } from '@nestjs/common';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { Config } from '../../config.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { notice, type Notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { ActivationMails } from '../activation/activation-mails.js';
import { noticeOfMail, NOT_WAITING } from '../activation/activation-notices.js';
import { MailedApplications } from '../applications/mailed-applications.js';
import { underReviewPage } from '../obstacle-page.js';
import { ApplicationsProgress, type Progress } from './application-progress.js';
import { Applications } from './applications.js';
import {
  backToStep,
  enrollmentPath,
  enrollmentStepperAt,
  findRun,
  maySee,
  type EnrollmentRun,
} from './enrollment-flow.js';
import { behindBothDoors, Here, type Entrance, type WizardPlace } from './entrances.js';

const REGISTRATION_WITHDRAWN = notice.info(
  say('登録をいったん取り消しました。内容を直して、もう一度「確認」を押してください。'),
);
const DONE_BEFORE_WITHDRAWAL = notice.info(
  say('登録はすでに完了しているため、取り消していません。'),
);
const CHANGED_BEFORE_WITHDRAWAL = notice.info(
  say('お申し込みの状況が変わっていたため、取り消していません。'),
);

/** After 登録: what happens next, and what to do when the mail does not come. */
@Controller(behindBothDoors('/completed'))
@Public()
export class CompletedController {
  constructor(
    private readonly config: Config,
    private readonly flows: Flows,
    private readonly applications: Applications,
    private readonly activationMails: ActivationMails,
    private readonly mailed: MailedApplications,
    private readonly links: MailedLinks,
    private readonly progress: ApplicationsProgress,
  ) {}

  @Get()
  async show(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'completed')) return backToStep(here, run);
    return this.#mailSent(here.entrance, run);
  }

  /** `act`: `send-again`, or `correct` to take the application back and change what was entered. */
  @Post()
  async act(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'completed')) return backToStep(here, run);
    if (here.body.act === 'correct') return this.#correct(here, run);
    const sent = await this.#sendAgain(here, run);
    const path = enrollmentPath(here.entrance, 'completed', run);
    return seeOther(path, sent && noticeOfMail(sent));
  }

  async #sendAgain({ entrance, visit }: WizardPlace, run: EnrollmentRun) {
    const { mailedId, applicant } = run.entries;
    if (mailedId) return this.mailed.sendAgain(mailedId, applicant!.email, visit);
    const accountId = run.entries.registration && (await this.progress.of(run, entrance)).accountId;
    return accountId ? this.activationMails.sendAgain(accountId, visit) : undefined;
  }

  async #correct({ entrance, visit }: WizardPlace, run: EnrollmentRun): Promise<Answer> {
    const withdrawn = await this.applications.takeBack(run, visit);
    if (withdrawn)
      return seeOther(enrollmentPath(entrance, 'details', run), REGISTRATION_WITHDRAWN);
    const { progress } = await this.progress.of(run, entrance);
    return seeOther(enrollmentPath(entrance, 'completed', run), notWithdrawn(progress));
  }

  async #mailSent(entrance: Entrance, run: EnrollmentRun): Promise<Answer> {
    const { mailedId, applicant, reviewNumber } = run.entries;
    if (reviewNumber) return underReviewPage(reviewNumber);
    const state = await this.progress.of(run, entrance);
    const { progress, accountId, caseNumber, isSuccession } = state;
    const purpose = mailedId ? 'application' : 'activation';
    const subject = mailedId ?? accountId;
    const link = waitsForMail(progress) && subject && (await this.links.liveOf(purpose, subject));
    return page('admin-enrollment/completed', titleOf(entrance, progress), {
      entrance,
      ...enrollmentStepperAt('completed'),
      flowId: run.id,
      ...state,
      isDone: isDone(progress),
      waitsForMail: waitsForMail(progress),
      caseNumber: mailedId || (!isSuccession && waitsForMail(progress)) ? '' : caseNumber,
      email: applicant!.email,
      mailFrom: this.config.mailFrom,
      deadline: link ? link.endsAt : null,
    });
  }
}

function notWithdrawn(progress: Progress): Notice {
  if (isDone(progress)) return DONE_BEFORE_WITHDRAWAL;
  return progress === 'withdrawn' || progress === 'denied'
    ? NOT_WAITING
    : CHANGED_BEFORE_WITHDRAWAL;
}

function isDone(progress: Progress): boolean {
  return progress === 'activated' || progress === 'held';
}

function waitsForMail(progress: Progress): boolean {
  return progress === 'by-mail' || progress === 'mailed';
}

function isOver(progress: Progress): boolean {
  return !waitsForMail(progress) && !isDone(progress) && progress !== 'queued';
}

function titleOf({ completedTitle }: Entrance, progress: Progress): Sentence {
  if (isOver(progress)) return say('お申し込みの状況');
  return progress === 'queued' ? say('登録のお申し込みを受け付けました') : completedTitle;
}
