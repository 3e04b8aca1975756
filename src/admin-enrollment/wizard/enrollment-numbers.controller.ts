import { Controller, Get, Post } from '@nestjs/common';
import { Config } from '../../config.js';
import { InvoiceProof, type Proof, type ProofRefusal } from '../../corporations/invoice-proof.js';
import { NewestInvoice } from '../../corporations/newest-invoice.js';
import { readNumbers, type NumbersForm } from '../../corporations/numbers.form.js';
import { exhausted, unmatchedWhere } from '../../corporations/refused-proof.js';
import { TransferAccountDigest } from '../../corporations/transfer-account-digest.js';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import { FormReading } from '../../web/forms/forms.js';
import { Enrollments } from '../applications/enrollments.js';
import type { DigestedPair } from '../applications/mailed-proof.js';
import { obstacleAtDoor } from '../obstacle-page.js';
import {
  enrollmentPath,
  enrollmentStepOf,
  enrollmentStepperAt,
  findRun,
  type EnrollmentEntries,
} from './enrollment-flow.js';
import { behindBothDoors, Here, type Entrance, type WizardPlace } from './entrances.js';

/** The desk reviews what comes to a company with too many applications: nothing is compared here. */
const BY_MAIL: Proof = { ok: true, level: 'mail' };

/** The opening page and the proof by the two numbers of an invoice. */
@Controller(behindBothDoors())
@Public()
export class EnrollmentNumbersController {
  constructor(
    private readonly config: Config,
    private readonly flows: Flows,
    private readonly proof: InvoiceProof,
    private readonly digest: TransferAccountDigest,
    private readonly newest: NewestInvoice,
    private readonly enrollments: Enrollments,
  ) {}

  @Get()
  open(@Here() { entrance }: WizardPlace): Answer {
    const template = entrance.kind === 'initial' ? 'opening' : 'succession-opening';
    return page(`admin-enrollment/${template}`, entrance.title, { entrance });
  }

  @Get('numbers')
  async show(@Here() here: WizardPlace): Promise<Answer> {
    const { entrance, flowId } = here;
    const run = await findRun(this.flows, here);
    const isOver = run && enrollmentStepOf(run) === 'completed';
    if (isOver && flowId) return seeOther(enrollmentPath(entrance, 'completed', run));
    // A tab that names no run begins its own; what another tab entered is only offered.
    const { corporateNumber = '' } = isOver ? {} : (run?.entries ?? {});
    return numbersPage(
      entrance,
      new FormReading({ corporateNumber }),
      flowId ? run?.id : undefined,
    );
  }

  @Post('numbers')
  @TakesTurns()
  async prove(@Here() here: WizardPlace): Promise<Answer> {
    const { entrance, body, visit } = here;
    const read = readNumbers(body, this.config, { asksInvoice: this.newest.isAsked });
    if (!read.ok) return numbersPage(entrance, read.reading, body.flow);
    const known = await findRun(this.flows, here);
    if (known && enrollmentStepOf(known) === 'completed')
      return seeOther(enrollmentPath(entrance, 'completed', known));
    const refused = known ? undefined : await this.proof.networkRefusal(visit);
    if (refused) return this.#refused(entrance, refused, read.form, '');
    const run = known ?? (await this.flows.begin<EnrollmentEntries>(entrance.kind, {}, visit));
    const { corporateNumber } = read.form;
    const isCrowded = await this.enrollments.isCrowded(entrance.kind, corporateNumber);
    const proof = isCrowded ? BY_MAIL : await this.proof.prove(read.form, run.id, visit);
    if (!proof.ok) return this.#refused(entrance, proof, read.form, run.id);
    const corporation = proof.level === 'page' ? proof.corporation : null;
    const obstacle =
      corporation && (await this.enrollments.obstacle(entrance.kind, corporation.id));
    if (obstacle) return obstacleAtDoor(obstacle, this.config);
    await this.flows.remember(run, { ...this.#digested(read.form), corporation, proved: true });
    return seeOther(enrollmentPath(entrance, 'details', run));
  }

  #refused(entrance: Entrance, proof: ProofRefusal, form: NumbersForm, flowId: string): Answer {
    if (proof.reason !== 'numbers-unmatched') return exhausted(proof, entrance.path);
    const reading = new FormReading(form, unmatchedWhere(this.config));
    return numbersPage(entrance, reading, flowId);
  }

  #digested(form: NumbersForm): DigestedPair {
    const { corporateNumber, invoice } = form;
    const invoiceDigests = this.newest.digestsOf(corporateNumber, invoice);
    return {
      corporateNumber,
      transferAccountDigest: this.digest.of(form).toString('hex'),
      invoiceDigests: invoiceDigests.map((digest) => digest.toString('hex')),
    };
  }
}

function numbersPage(entrance: Entrance, form: FormReading, flowId: string | undefined): Answer {
  const model = { entrance, ...enrollmentStepperAt('numbers'), form, flowId: flowId ?? '' };
  return page('admin-enrollment/numbers', entrance.title, model);
}
