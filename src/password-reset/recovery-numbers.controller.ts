import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Config } from '../config.js';
import { InvoiceProof, type Proof, type ProvenCorporation } from '../corporations/invoice-proof.js';
import { readNumbers, type NumbersForm } from '../corporations/numbers.form.js';
import { exhausted, unmatched } from '../corporations/refused-proof.js';
import { HOUR_SECONDS } from '../durations.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { newForm, refusedForm, type FormBody, type FormReading } from '../web/forms.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { PasswordReset, type Recoverable } from './password-reset.js';
import { RecoveryEntrance, type EnteredRecovery } from './recovery-entrance.js';
import { RecoveryFlow, recoveryPath, recoveryStepOf } from './recovery-flow.js';
import { recoveryStepperAt } from './recovery-steps.js';

const TITLE = say('パスワード再登録');
/** While all tries look like guessing, nothing is granted here either. */

/** 法人番号 and お振込先口座番号: they say which company's ID is to be recovered. */
@Controller('password-reset/numbers')
@Public()
export class RecoveryNumbersController {
  constructor(
    private readonly config: Config,
    private readonly entrance: RecoveryEntrance,
    private readonly flow: RecoveryFlow,
    private readonly proof: InvoiceProof,
    private readonly reset: PasswordReset,
  ) {}

  @Get()
  async show(@Query('flow') id: unknown, @Visitor() visit: Visit): Promise<Answer> {
    const entered = await this.entrance.enter(id, undefined, visit);
    if (!entered.ok) return entered.answer;
    const { corporateNumber = '' } = entered.run?.entries ?? {};
    return numbersPage(newForm({ corporateNumber }), entered);
  }

  @Post()
  async prove(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const entered = await this.entrance.enter(body.flow || undefined, body.recovery, visit);
    if (!entered.ok) return entered.answer;
    const { recovery } = entered;
    const read = readNumbers(body, this.config);
    if (!read.ok) return numbersPage(read.reading, entered, 422);
    const run = entered.run ?? (await this.flow.begin(recovery, visit));
    let accounts: Recoverable[] = [];
    const hasTheirs = async ({ id }: ProvenCorporation) => {
      accounts = await this.reset.recoverable(recovery, id);
      return accounts.length > 0;
    };
    const proof = await this.proof.prove(
      read.form,
      `recovery:${recovery.mailbox}`,
      recovery.id,
      visit,
      hasTheirs,
    );
    if (!proof.ok) return recoveryProofRefused(proof, read.form, { recovery, run });
    if (!proof.corporation) return exhausted(HOUR_SECONDS);
    const accountId = accounts.length === 1 ? accounts[0]!.accountId : '';
    const { corporation } = proof;
    const { corporateNumber } = read.form;
    await this.flow.remember(run, { corporateNumber, corporation, accountId, passwordHash: '' });
    return seeOther(recoveryPath(recoveryStepOf(run), run));
  }
}

function recoveryProofRefused(
  proof: Proof & { ok: false },
  form: NumbersForm,
  entered: Place,
): Answer {
  if (proof.reason === 'case-exhausted') return exhausted(proof.retryAfter, '/password-reset');
  if (proof.reason !== 'numbers-unmatched') return exhausted(proof.retryAfter);
  return numbersPage(refusedForm(form, unmatched), entered, 422);
}

function numbersPage(form: FormReading, { recovery, run }: Place, status = 200): Answer {
  const flow = { flowId: run?.id ?? '', recoveryId: recovery.id };
  const model = { ...recoveryStepperAt('numbers'), form, ...flow };
  return page('password-reset/numbers', TITLE, model, { status });
}

/** What the page must bring back: the run of its tab, or else the link that it was opened with. */
type Place = Pick<EnteredRecovery & { ok: true }, 'recovery' | 'run'>;
