import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { strangeSource } from '../../auth/passwords/source.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { newForm, type FormBody, type FormReading } from '../../web/forms/forms.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Applicants } from './applicants.js';
import {
  backToStep,
  enrollmentPath,
  enrollmentStepperAt,
  findRun,
  maySee,
  postedRun,
  type EnrollmentRun,
} from './enrollment-flow.js';
import { behindBothDoors, CurrentEntrance, type Entrance } from './entrances.js';

/** 必須項目: who becomes administrator, with which login ID and password. */
@Controller(behindBothDoors('/details'))
@Public()
export class DetailsController {
  constructor(
    private readonly flows: Flows,
    private readonly applicants: Applicants,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(
    @Query('flow') id: unknown,
    @CurrentEntrance() entrance: Entrance,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const run = await findRun(this.flows, entrance, id, visit);
    if (!run || !maySee(run, 'details')) return backToStep(entrance, run);
    const { passwordHash: _, ...typed } = run.entries.applicant ?? { passwordHash: '' };
    return this.#page(entrance, newForm({ ...typed }), run);
  }

  @Post()
  async enter(
    @Body() body: FormBody,
    @CurrentEntrance() entrance: Entrance,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const run = await postedRun(this.flows, entrance, body, visit);
    if (!run || !maySee(run, 'details')) return backToStep(entrance, run);
    const { corporation, applicant: before } = run.entries;
    const source = strangeSource(`flow ${run.id}`, visit);
    const read = await this.applicants.read(body, corporation?.name ?? '', before, source);
    if (!read.ok) return this.#page(entrance, read.reading, run, 422);
    await this.flows.remember(run, { applicant: read.form });
    return seeOther(enrollmentPath(entrance, 'confirmation', run));
  }

  #page(entrance: Entrance, form: FormReading, run: EnrollmentRun, status = 200): Answer {
    const model = {
      entrance,
      ...enrollmentStepperAt('details'),
      form,
      flowId: run.id,
      passwordKnown: run.entries.applicant !== undefined,
      ...this.newPasswords.rules,
    };
    return page('admin-enrollment/details', entrance.title, model, { status });
  }
}
