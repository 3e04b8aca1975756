import { Controller, Get, Post } from '@nestjs/common';
import { Config } from '../../config.js';
import { exhausted } from '../../corporations/refused-proof.js';
import { HOUR_MS, HOUR_SECONDS } from '../../durations.js';
import { MailLimits, strangersMail, type MailLimitReached } from '../../mail/mail-limits.js';
import { MAIL_LIMITS } from '../../mail/refused-mails.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { obstacleAtDoor, unmatchedPage } from '../obstacle-page.js';
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

const TAKEN = say('このログインIDは使えません。「変更」から、別のログインIDを入力してください。');

@Controller(behindBothDoors('/confirmation'))
@Public()
export class EnrollmentConfirmationController {
  constructor(
    private readonly config: Config,
    private readonly flows: Flows,
    private readonly applications: Applications,
    private readonly mailLimits: MailLimits,
  ) {}

  @Get()
  async show(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'confirmation')) return backToStep(here, run);
    return this.#page(here.entrance, new FormReading(), run);
  }

  @Post()
  async register(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'confirmation')) return backToStep(here, run);
    const { entrance, visit } = here;
    const { email } = run.entries.applicant!;
    const source = strangersMail(visit);
    const limit = await this.mailLimits.take('application', email, source);
    const isMailboxFull = limit === 'mailbox-limit';
    if (limit && !isMailboxFull) return tooManyMails(entrance, limit);
    const submitted = await this.applications.submit(entrance, run, visit, { isMailboxFull });
    if (submitted.ok) return seeOther(enrollmentPath(entrance, 'completed', run));
    if (!limit) await this.mailLimits.giveBack('application', email, source);
    if ('retryAfter' in submitted) return exhausted(submitted, entrance.path);
    if (submitted.reason === 'corporation-closed') return unmatchedPage(entrance.kind, this.config);
    if (submitted.reason !== 'login-id-taken') return obstacleAtDoor(submitted.reason, this.config);
    return this.#page(entrance, FormReading.refused(TAKEN), run);
  }

  #page(entrance: Entrance, form: FormReading, run: EnrollmentRun): Answer {
    const model = {
      entrance,
      ...enrollmentStepperAt('confirmation'),
      form,
      flowId: run.id,
      corporationName: run.entries.corporation?.name ?? '',
      applicant: run.entries.applicant!,
      probationHours: this.config.enrollmentProbation / HOUR_MS,
      isSuccession: entrance.kind === 'succession',
      detailsPath: enrollmentPath(entrance, 'details', run),
    };
    return page('admin-enrollment/confirmation', entrance.title, model);
  }
}

function tooManyMails({ path }: Entrance, limit: MailLimitReached): Answer {
  const title = say('メールを送信できる回数を超えました');
  const model = { sentence: MAIL_LIMITS[limit], beginning: path };
  const options = { status: 429, retryAfter: HOUR_SECONDS };
  return page('admin-enrollment/too-many-mails', title, model, options);
}
