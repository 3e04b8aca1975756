import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../../config.js';
import { InvoiceProof, type Proof } from '../../corporations/invoice-proof.js';
import { readNumbers, type NumbersForm } from '../../corporations/numbers.form.js';
import { exhausted, unmatched } from '../../corporations/refused-proof.js';
import { TransferAccountDigest } from '../../corporations/transfer-account-digest.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { newForm, refusedForm, type FormBody, type FormReading } from '../../web/forms.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { EnrollmentFlow, pathOf, stepOf } from './enrollment-flow.js';
import { initiate } from './entrances.js';
import { obstaclePage } from './obstacles.js';
import { Registration } from '../registration.js';
import { stepperAt } from './steps.js';

/** The opening page and the proof by the two numbers of an invoice. */
@Controller('initiate')
@Public()
export class NumbersController {
  constructor(
    private readonly config: Config,
    private readonly flow: EnrollmentFlow,
    private readonly proof: InvoiceProof,
    private readonly digest: TransferAccountDigest,
    private readonly registration: Registration,
  ) {}

  @Get()
  open(): Answer {
    return page('admin-enrollment/opening', initiate.title, { entrance: initiate });
  }

  @Get('numbers')
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const run = await this.flow.find(initiate, id, visit);
    const isOver = run && stepOf(run) === 'completed';
    if (isOver && id) return seeOther(pathOf(initiate, 'completed', run));
    // A tab that names no run begins its own; what another tab entered is only offered.
    const { corporateNumber = '' } = isOver ? {} : (run?.entries ?? {});
    return numbersPage(newForm({ corporateNumber }), id ? run?.id : undefined);
  }

  @Post('numbers')
  async prove(
    @Body() body: FormBody,
    @Visitor() visit: Visit,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const read = readNumbers(body, this.config);
    if (!read.ok) return numbersPage(read.reading, body.flow, 422);
    const known = body.flow ? await this.flow.find(initiate, body.flow, visit) : undefined;
    if (known && stepOf(known) === 'completed')
      return seeOther(pathOf(initiate, 'completed', known));
    const run = known ?? (await this.flow.begin(initiate, visit, response));
    const proof = await this.proof.prove(read.form, 'enrollment', run.id, visit);
    if (!proof.ok) return refused(proof, read.form, run.id);
    const obstacle = proof.corporation && (await this.registration.obstacle(proof.corporation.id));
    if (obstacle) return obstaclePage(obstacle);
    const transferAccountDigest = this.digest.of(read.form).toString('hex');
    const { corporateNumber } = read.form;
    const corporation = proof.corporation ?? null;
    await this.flow.remember(run, {
      corporateNumber,
      transferAccountDigest,
      corporation,
      proved: true,
    });
    return seeOther(pathOf(initiate, 'details', run));
  }
}

function refused(proof: Proof & { ok: false }, form: NumbersForm, flowId: string): Answer {
  if (proof.reason === 'case-exhausted') return exhausted(proof.retryAfter, initiate.path);
  if (proof.reason !== 'numbers-unmatched') return exhausted(proof.retryAfter);
  return numbersPage(refusedForm(form, unmatched), flowId, 422);
}

function numbersPage(form: FormReading, flowId: string | undefined, status = 200): Answer {
  const model = { entrance: initiate, ...stepperAt('numbers'), form, flowId: flowId ?? '' };
  return page('admin-enrollment/numbers', initiate.title, model, { status });
}
