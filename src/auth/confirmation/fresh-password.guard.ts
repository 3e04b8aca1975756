import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { inTransaction } from '../../database/transaction.js';
import { beforehand } from '../../database/unit-of-work.js';
import { accessOf } from '../../web/access.js';
import type { AroundHandler } from '../../web/around-handlers.js';
import type { FormBody, Problem } from '../../web/forms/forms.js';
import { isAnswered, type FormRequest } from '../../web/forms/repeated-fields.js';
import { say } from '../../web/sentence.js';
import { ShownInstead } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import {
  CURRENT_PASSWORD_WRONG,
  currentPasswordProblem,
  passwordText,
} from '../passwords/typed-password.js';
import { cleanPrintedCode } from '../printed-codes.js';
import { FactorChecks } from '../second-factor/factor-checks.js';
import type { Factor } from '../second-factor/second-factors.js';
import { factorProblem } from '../second-factor/factor-problem.js';
import { signedInOf } from '../sessions/me.js';
import { Sessions, type SignedIn } from '../sessions/sessions.js';
import { Credentials } from '../sign-in/credentials.js';
import { tooManyFailures } from '../sign-in/refused-sign-ins.js';
import { ceremonyOf, FreshQuestion } from './fresh-question.js';

type Interrupted = FormRequest & VisitedRequest;

interface OpenQuestion {
  person: SignedIn;
  /** The one act that asks, however fresh the answer is. */
  forAct: string | undefined;
  isFile: boolean;
}

const ACT = 'password-confirmation';

const EMPTY_CODE: Problem = {
  name: 'code',
  sentence: say('確認コードを入力してください。'),
};

/**
 * Asks again before something that matters, with the counters of the sign-in: for the second factor
 * where there is one, else for the password; the answer stays fresh for five minutes. A password
 * counts for nobody who has a factor: whoever took over a session may know it. A change of the own
 * factors asks for one that was given for it. The interrupted form
 * waits in the page that asks and is sent with the answer, with and without JavaScript. The answer is
 * checked within the claim of its form, because a code counts once: a second tap waits for the first.
 */
@Injectable()
export class FreshPasswordGuard implements CanActivate, AroundHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly checks: FactorChecks,
    private readonly question: FreshQuestion,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /** Nothing was entered yet. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Interrupted>();
    const open = isAnswered(request.answers) ? undefined : openQuestion(context, request);
    if (open) throw await this.#asked(request, open);
    return true;
  }

  async around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const request = context.switchToHttp().getRequest<Interrupted>();
    const open = openQuestion(context, request);
    if (open) await beforehand(() => this.#check(request, open));
    return handle();
  }

  async #check(request: Interrupted, open: OpenQuestion): Promise<void> {
    const { person, forAct } = open;
    const { answers = {} } = request;
    const wrong = person.hasFactor
      ? await this.#byFactor(person, answers, forAct)
      : await this.#byPassword(person, answers.currentPassword);
    if (wrong) throw await this.#asked(request, open, wrong === 'asked' ? undefined : wrong);
  }

  /** @returns what is wrong, 'asked' for an answer to another question, undefined when it is right */
  async #byPassword(person: SignedIn, typed: string | undefined) {
    if (typed === undefined) return 'asked';
    const problem = currentPasswordProblem(typed);
    if (problem) return problem;
    const password = passwordText(typed);
    const checked = await this.credentials.check(person.loginId, password, person.visit, ACT);
    if ('retryAfter' in checked) throw new ShownInstead(tooManyFailures(checked.retryAfter));
    if (!checked.ok || checked.accountId !== person.accountId) return CURRENT_PASSWORD_WRONG;
    await inTransaction(this.em, () => this.#confirm(person, 'password'));
    return undefined;
  }

  async #byFactor(
    person: SignedIn,
    { code: typed, factorPasskey: passkey = '' }: FormBody,
    forAct: string | undefined,
  ) {
    if (typed === undefined && passkey === '') return 'asked';
    const { accountId, visit } = person;
    const code = cleanPrintedCode(typed ?? '');
    if (code === '' && passkey === '') return EMPTY_CODE;
    const answer = { code, passkey, ceremony: ceremonyOf(person) };
    const checked = await this.checks.check(accountId, answer, visit, {
      done: async (factor) => void (await this.#confirm(person, factor, forAct)),
    });
    if (checked.ok) return undefined;
    if (checked.reason === 'waiting') this.counts.add(ACT, 'waiting', { accountId });
    else await this.audit.refuse(ACT, checked.reason, person);
    return factorProblem('code', checked, passkey);
  }

  async #confirm(person: SignedIn, by: 'password' | Factor, forAct?: string): Promise<void> {
    await this.sessions.renew(person.visit, by === 'password' ? by : 'factor', forAct);
    await this.audit.done(ACT, person, { by });
  }

  async #asked(
    { originalUrl, body, lists }: Interrupted,
    { person, isFile }: OpenQuestion,
    wrong?: Problem,
  ): Promise<ShownInstead> {
    const fields = { ...body, ...lists };
    const interrupted = { action: originalUrl, isFile, fields };
    return new ShownInstead(await this.question.page(person, interrupted, wrong));
  }
}

/** Undefined where nothing has to be given again. */
function openQuestion(context: ExecutionContext, request: Interrupted): OpenQuestion | undefined {
  const { freshPassword: wanted, factorFor, replacesLostFactor } = accessOf(context);
  const person = signedInOf(request.visit);
  if (!wanted || request.method !== 'POST' || !person) return undefined;
  const isOther = factorFor?.but !== undefined && factorFor.but === request.body?.act;
  const forAct = isOther ? undefined : factorFor?.name;
  if (isFresh(person, forAct)) return undefined;
  // The factor that it would ask for is the one that is lost.
  if (person.enrolsOnly && replacesLostFactor) return undefined;
  return { person, forAct, isFile: wanted === 'file' };
}

function isFresh(person: SignedIn, forAct: string | undefined): boolean {
  if (!person.hasFactor) return person.factorIsFresh || person.passwordIsFresh;
  return forAct === undefined ? person.factorIsFresh : person.factorGivenFor === forAct;
}
