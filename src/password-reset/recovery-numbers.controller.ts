import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { isShown } from '../auth/mailed-links/parked-link.js';
import { Config } from '../config.js';
import {
  InvoiceProof,
  type ExhaustedProof,
  type ProofRefusal,
} from '../corporations/invoice-proof.js';
import type { ProvenCorporation } from '../corporations/judged-proof.js';
import { readNumbers, type NumbersForm } from '../corporations/numbers.form.js';
import { exhausted, unmatched } from '../corporations/refused-proof.js';
import type { Account } from '../identity/account.entity.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, type FormBody } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { EndedRecoveries } from './ended-recoveries.js';
import { PasswordReset } from './password-reset.js';
import { RecoveryFlow, recoveryPath, recoveryStepperAt, type Entered } from './recovery-flow.js';
import { RecoveryRequests } from './recovery-requests.js';
import type { Recovery } from './recovery.entity.js';

const NO_COMPANY: ProvenCorporation = { id: '00000000-0000-0000-0000-000000000000', name: '' };

/** The mailed link, and behind it 法人番号 and お振込先口座番号: they say which company's ID it is. */
@Controller('password-reset')
@Public()
export class RecoveryNumbersController {
  constructor(
    private readonly config: Config,
    private readonly flow: RecoveryFlow,
    private readonly proof: InvoiceProof,
    private readonly reset: PasswordReset,
    private readonly requests: RecoveryRequests,
    private readonly endedRecoveries: EndedRecoveries,
  ) {}

  @Get('numbers')
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const entered = await this.flow.enter(id, visit);
    if (!entered.ok) return entered.answer;
    const refused = await this.proof.caseRefusal(entered.recovery.link.id);
    if (refused) return this.#ended(refused, entered.recovery, visit);
    const { corporateNumber = '' } = entered.run?.entries ?? {};
    return numbersPage(new FormReading({ corporateNumber }), entered);
  }

  @Post('numbers')
  async prove(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const entered = await this.flow.enter(body.flow || undefined, visit);
    if (!entered.ok) return entered.answer;
    if (!entered.run && !isShown(entered.recovery.link, body))
      return this.flow.link.unsent(await this.show(undefined, visit), body);
    const read = readNumbers(body, this.config);
    if (!read.ok) return numbersPage(read.reading, entered);
    const run = entered.run ?? (await this.flow.begin(entered.recovery, visit));
    return this.#prove({ ...entered, run }, read.form, visit);
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.flow.link.park(token, visit);
  }

  /** The company must have an ID of this mailbox, or the pair counts as wrong. */
  async #prove(place: Place & Opened, form: NumbersForm, visit: Visit): Promise<Answer> {
    const { recovery, run } = place;
    const { id: caseId, subject: mailbox } = recovery.link;
    let accounts: Account[] = [];
    const hasTheirs = async (company: ProvenCorporation = NO_COMPANY) => {
      accounts = await this.reset.recoverable(recovery, company.id);
      return accounts.length > 0;
    };
    const counted = { caseId, mailbox, asksInvoice: false };
    const proof = await this.proof.proveRecovery(form, counted, visit, hasTheirs);
    if (!proof.ok) return this.#refused(proof, form, place, visit);
    const { corporation } = proof;
    const { corporateNumber } = form;
    const accountId = accounts.length === 1 ? accounts[0]!.id : '';
    await this.flow.remember(run, { corporateNumber, corporation, accountId, passwordHash: '' });
    return seeOther(recoveryPath(await this.flow.stepOf(run), run));
  }

  async #refused(
    proof: ProofRefusal,
    form: NumbersForm,
    place: Place & Opened,
    visit: Visit,
  ): Promise<Answer> {
    const { recovery } = place;
    if (await this.proof.isCaseExhausted(recovery.link.id))
      await this.requests.makeUpFor(recovery, visit);
    if (proof.reason !== 'numbers-unmatched') return this.#ended(proof, recovery, visit);
    return numbersPage(new FormReading(form, unmatched), place);
  }

  async #ended(refused: ExhaustedProof, recovery: Recovery, visit: Visit): Promise<Answer> {
    if (refused.reason === 'case-exhausted') await this.endedRecoveries.note(recovery, visit);
    return exhausted(refused, '/password-reset');
  }
}

type Place = Pick<Entered & { ok: true }, 'recovery' | 'run'>;
type Opened = { run: NonNullable<Place['run']> };

/** It brings back the run of its tab, or else the link that it was opened with. */
function numbersPage(form: FormReading, { recovery, run }: Place): Answer {
  const ids = { flowId: run?.id ?? '', link: recovery.link.id };
  const model = { ...recoveryStepperAt('numbers'), form, ...ids };
  return page('password-reset/numbers', say('パスワード再登録'), model);
}
