import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { IgnoresSession, Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { ownPath } from '../../web/own-path.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { OwnerRefusals } from '../sign-in/owner-refusals.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { FactorSignIn } from './factor-sign-in.js';
import { FactorAnswerForm } from './factor.form.js';
import { factorProblem } from './factor-problem.js';
import { Passkeys } from './passkeys.js';
import { signInStartedOver } from './started-over.js';

class FactorForm extends FactorAnswerForm {
  /** `yes`: this browser is not asked again for 30 days. */
  trust = '';

  next = '';
}

interface Asked {
  next?: string | undefined;
  by?: string | undefined;
}

interface Shown {
  form?: FormReading;
  status?: number;
  retryAfter?: number;
}

/** 確認コードの入力: between the right password and the session. */
@Controller('login/second-factor')
@Public()
export class FactorController {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly passkeys: Passkeys,
    private readonly signIn: FactorSignIn,
    private readonly refusals: OwnerRefusals,
  ) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Visitor() visit: Visit): Promise<Answer> {
    const [next, by] = [query.next, query.by].map((value) =>
      typeof value === 'string' ? value : '',
    );
    return this.#page({ next, by }, visit);
  }

  @Post()
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(FactorForm, body);
    if (!read.ok) return this.#page(body, visit, { form: read.reading, status: 422 });
    const { trust, next } = read.form;
    const finished = await this.signIn.finish(read.form, trust === 'yes', visit);
    if (finished.ok) return seeOther(ownPath(next));
    if ('accountId' in finished) return this.refusals.answer(finished, visit);
    if (finished.reason === 'sign-in-over' || finished.reason === 'changed-meanwhile')
      return signInStartedOver(next);
    const form = new FormReading({ trust }, factorProblem('code', finished, read.form.passkey));
    const retryAfter = 'retryAfter' in finished ? finished.retryAfter : undefined;
    const status = retryAfter === undefined ? 422 : 429;
    return this.#page(body, visit, { form, status, ...(retryAfter && { retryAfter }) });
  }

  /** @param asked.by `recovery-code`: a code of the paper instead of one of the app */
  async #page(asked: Asked, visit: Visit, shown: Shown = {}): Promise<Answer> {
    const pending = await this.pending.find(visit);
    if (!pending) return signInStartedOver(asked.next);
    const cookie = this.pending.cookieOf(visit);
    const options = await this.passkeys.questionOptions({ account: pending.accountId }, cookie);
    return factorPage(asked, options, shown);
  }
}

function factorPage(
  { next, by }: Asked,
  options: string | undefined,
  { form = new FormReading(), ...answer }: Shown,
): Answer {
  const byPaper = by === 'recovery-code';
  const other = new URLSearchParams({
    next: ownPath(next),
    ...(!byPaper && { by: 'recovery-code' }),
  });
  const model = {
    // A code is not shown again.
    form: new FormReading({}, ...form.problems),
    next: ownPath(next),
    otherWay: `/login/second-factor?${other.toString()}`,
    byPaper,
    options: options ?? null,
    trusts: form.values.trust === 'yes',
  };
  return page('auth/second-factor', say('確認コードの入力'), model, answer);
}
