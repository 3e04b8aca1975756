import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { InvoiceProof } from '../corporations/invoice-proof.js';
import { MailLimits } from '../mail/mail-limits.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { newForm, refusedForm, type FormBody, type FormReading } from '../web/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import type { Applicant } from './applicants.js';
import { elsewhere } from './elsewhere.js';
import { EnrollmentFlow, maySee, pathOf, type EnrollmentRun } from './enrollment-flow.js';
import { initiate } from './entrances.js';
import { obstaclePage } from './obstacles.js';
import { Registration } from './registration.js';
import { Reviews } from './reviews.js';
import { stepperAt } from './steps.js';

const TAKEN = say('このログインIDは使えません。「変更」から、別のログインIDを入力してください。');
const HOUR = 3600;

/** 内容の確認 and 登録. */
@Controller('initiate/confirmation')
@Public()
export class ConfirmationController {
  constructor(
    private readonly flow: EnrollmentFlow,
    private readonly registration: Registration,
    private readonly reviews: Reviews,
    private readonly proof: InvoiceProof,
    private readonly mailLimits: MailLimits,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, id, visit);
    if (!run || !maySee(run, 'confirmation')) return elsewhere(initiate, run);
    return confirmationPage(newForm(), run);
  }

  @Post()
  async register(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, body.flow, visit);
    if (!run || !maySee(run, 'confirmation')) return elsewhere(initiate, run);
    const applicant = run.entries.applicant!;
    if (!(await this.mailLimits.take(applicant.email, visit))) return tooManyMails();
    const refused = run.entries.corporation
      ? await this.#register(run, applicant, visit)
      : await this.#beginReview(run, applicant, visit);
    return refused ?? seeOther(pathOf(initiate, 'completed', run));
  }

  async #register(
    run: EnrollmentRun,
    applicant: Applicant,
    visit: Visit,
  ): Promise<Answer | undefined> {
    const registered = await this.registration.register(run.entries.corporation!, applicant, visit);
    if (registered.ok) {
      const { enrollmentId, accountId } = registered;
      await this.flow.remember(run, { registration: { enrollmentId, accountId } });
      return undefined;
    }
    await this.mailLimits.giveBack(applicant.email, visit);
    if (registered.reason !== 'login-id-taken') return obstaclePage(registered.reason);
    return confirmationPage(refusedForm({}, { name: '', sentence: TAKEN }), run, 422);
  }

  async #beginReview(run: EnrollmentRun, applicant: Applicant, visit: Visit): Promise<undefined> {
    const { corporateNumber, transferAccountDigest } = run.entries;
    const matched = await this.proof.compare(
      corporateNumber!,
      Buffer.from(transferAccountDigest!, 'hex'),
    );
    const caseNumber = await this.reviews.begin(corporateNumber!, matched, applicant, visit);
    await this.flow.remember(run, { caseNumber });
  }
}

function confirmationPage(form: FormReading, run: EnrollmentRun, status = 200): Answer {
  const model = {
    entrance: initiate,
    ...stepperAt('confirmation'),
    form,
    flowId: run.id,
    corporationName: run.entries.corporation?.name ?? '',
    applicant: run.entries.applicant!,
    detailsPath: pathOf(initiate, 'details', run),
  };
  return page('admin-enrollment/confirmation', initiate.title, model, { status });
}

function tooManyMails(): Answer {
  const title = say('メールを送信できる回数を超えました');
  return page('admin-enrollment/too-many-mails', title, {}, { status: 429, retryAfter: HOUR });
}
