import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { NewPasswords } from '../../auth/new-passwords.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { newForm, type FormBody, type FormReading } from '../../web/forms.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { Applicants } from './applicants.js';
import { EnrollmentFlow, maySee, pathOf, type EnrollmentRun } from './enrollment-flow.js';
import { initiate } from './entrances.js';
import { elsewhere } from './elsewhere.js';
import { stepperAt } from './steps.js';

/** 必須項目: who becomes administrator, with which login ID and password. */
@Controller('initiate/details')
@Public()
export class DetailsController {
  constructor(
    private readonly flow: EnrollmentFlow,
    private readonly applicants: Applicants,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, id, visit);
    if (!run || !maySee(run, 'details')) return elsewhere(initiate, run);
    const { passwordHash: _, ...typed } = run.entries.applicant ?? { passwordHash: '' };
    return this.#page(newForm({ ...typed }), run);
  }

  @Post()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, body.flow, visit);
    if (!run || !maySee(run, 'details')) return elsewhere(initiate, run);
    const { corporation, applicant: before } = run.entries;
    const read = await this.applicants.read(body, corporation?.name ?? '', before);
    if (!read.ok) return this.#page(read.reading, run, 422);
    await this.flow.remember(run, { applicant: read.form });
    return seeOther(pathOf(initiate, 'confirmation', run));
  }

  #page(form: FormReading, run: EnrollmentRun, status = 200): Answer {
    const model = {
      entrance: initiate,
      ...stepperAt('details'),
      form,
      flowId: run.id,
      passwordKnown: run.entries.applicant !== undefined,
      ...this.newPasswords.rules,
    };
    return page('admin-enrollment/details', initiate.title, model, { status });
  }
}
