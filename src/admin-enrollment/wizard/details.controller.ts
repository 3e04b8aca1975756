import { Controller, Get, Post } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { strangeSource } from '../../limits/source.js';
import { loginIdKey } from '../../identity/login-id.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { FormReading, readForm, type FormBody, type Read } from '../../web/forms/forms.js';
import type { Applicant } from '../applicant.js';
import { DetailsForm } from './details.form.js';
import {
  backToStep,
  enrollmentPath,
  enrollmentStepperAt,
  findRun,
  maySee,
  type EnrollmentRun,
} from './enrollment-flow.js';
import { behindBothDoors, Here, type WizardPlace } from './entrances.js';

/** 必須項目: who becomes administrator, with which login ID and password. */
@Controller(behindBothDoors('/details'))
@Public()
export class DetailsController {
  constructor(
    private readonly flows: Flows,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'details')) return backToStep(here, run);
    const { passwordHash: _, ...typed } = run.entries.applicant ?? { passwordHash: '' };
    return this.#page(here, new FormReading(typed), run);
  }

  @Post()
  async enter(@Here() here: WizardPlace): Promise<Answer> {
    const run = await findRun(this.flows, here);
    if (!run || !maySee(run, 'details')) return backToStep(here, run);
    const read = await this.#read(here, run);
    if (!read.ok) return this.#page(here, read.reading, await this.#withoutReplaced(run, here));
    await this.flows.remember(run, { applicant: read.form });
    return seeOther(enrollmentPath(here.entrance, 'confirmation', run));
  }

  /** Whoever typed another password does not go on with the former one, though the fields are empty again. */
  async #withoutReplaced(run: EnrollmentRun, { body }: WizardPlace): Promise<EnrollmentRun> {
    const { applicant } = run.entries;
    if (!applicant || !typesPassword(body)) return run;
    const replaced = { applicant: { ...applicant, passwordHash: '' } };
    await this.flows.remember(run, replaced);
    return { ...run, entries: { ...run.entries, ...replaced } };
  }

  /** Both passwords may stay empty when one was entered before. */
  async #read({ body, visit }: WizardPlace, run: EnrollmentRun): Promise<Read<Applicant>> {
    const { corporation, applicant: before } = run.entries;
    const source = strangeSource(`flow ${run.id}`, visit);
    const read = readForm(DetailsForm, body);
    const typed = read.ok ? read.form : read.reading.values;
    const keepsPassword = Boolean(before?.passwordHash) && !changesPassword(body, typed, before!);
    const problems = read.ok ? [] : [...read.reading.problems];
    if (!keepsPassword) {
      const { loginId = '', name = '', nameKana = '', email = '', phone = '' } = typed;
      const owner = { loginId, email, others: [corporation?.name ?? '', name, nameKana, phone] };
      problems.push(...(await this.newPasswords.problems(body, owner, source)));
    }
    if (problems.length > 0 || !read.ok)
      return { ok: false, reading: new FormReading(typed, ...problems) };
    const passwordHash = keepsPassword
      ? before!.passwordHash
      : await this.newPasswords.hash(body, source);
    return { ok: true, form: { ...read.form, passwordHash } };
  }

  #page({ entrance }: WizardPlace, form: FormReading, run: EnrollmentRun): Answer {
    const model = {
      entrance,
      ...enrollmentStepperAt('details'),
      form,
      flowId: run.id,
      isByMail: run.entries.corporation === null,
      passwordKnown: Boolean(run.entries.applicant?.passwordHash),
      passwordReplaced: run.entries.applicant?.passwordHash === '',
      ...this.newPasswords.rules,
    };
    return page('admin-enrollment/details', entrance.title, model);
  }
}

/** A password that was entered before was judged beside its login ID: a new ID needs it again. */
function changesPassword(body: FormBody, typed: Partial<DetailsForm>, before: Applicant): boolean {
  return typesPassword(body) || loginIdKey(typed.loginId ?? '') !== loginIdKey(before.loginId);
}

function typesPassword({ password, passwordConfirmation }: FormBody): boolean {
  return Boolean(password || passwordConfirmation);
}
