import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { IgnoresSession, Public } from '../../web/access.js';
import { arriveAt, page, seeOther, type Answer } from '../../web/answers.js';
import { typedText } from '../../web/forms/fields.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { ownPath, peoplePath } from '../../web/own-path.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { OwnerRefusals } from '../sign-in/owner-refusals.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { codesLeft, codeSpent } from './codes-left.js';
import { FactorSignIn } from './factor-sign-in.js';
import { FactorAnswerForm, PAPER } from './factor.form.js';
import { factorRefused, type FactorShown } from './factor-problem.js';
import { Passkeys } from './passkeys.js';
import { signInStartedOver } from './started-over.js';

class FactorForm extends FactorAnswerForm {
  /** `yes`: this browser is not asked again for 30 days. */
  trust = '';

  next = '';
}

const LAST_CODE_USED = notice.warning(
  say(
    '最後のリカバリーコードを使いました。認証アプリもパスキーも使えない場合は、30分以内に新しい認証アプリへ切り替えてください。時間が過ぎるかログアウトすると、ご自分では設定を変更できなくなります。',
  ),
  say('新しい認証アプリへの切り替え'),
);

interface Asked {
  next?: string | undefined;
  by?: string | undefined;
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
    return this.#page({ next: typedText(query.next), by: typedText(query.by) }, visit);
  }

  @Post()
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(FactorForm, body);
    if (!read.ok) return this.#page(body, visit, { form: read.reading });
    const { answer, trust, next } = read.form;
    const finished = await this.signIn.finish(answer, trust === 'yes', visit);
    if (finished.ok) return arriveAt(peoplePath(next), toldOf(finished.codesLeft));
    if ('accountId' in finished)
      return this.refusals.answer(finished, visit, codeSpent(finished.codesLeft));
    if (finished.reason === 'sign-in-over' || finished.reason === 'changed-meanwhile')
      return seeOther(questionPath(next));
    return this.#page(body, visit, factorRefused(finished, read.form, { trust }));
  }

  /** @param asked.by `recovery-code`: a code of the paper instead of one of the app */
  async #page(asked: Asked, visit: Visit, shown: FactorShown = {}): Promise<Answer> {
    const pending = await this.pending.find(visit);
    // Another tab of this browser finished it.
    if (!pending && visit.person) return arriveAt(peoplePath(asked.next));
    if (!pending) return signInStartedOver(asked.next);
    const cookie = this.pending.cookieOf(visit);
    const owner = { account: pending.accountId };
    const options = pending.hasPasskeys
      ? await this.passkeys.questionOptions(owner, cookie)
      : undefined;
    return factorPage(asked, options, shown);
  }
}

function factorPage(
  { next, by }: Asked,
  options: string | undefined,
  { form = new FormReading(), ...answer }: FactorShown,
): Answer {
  const byPaper = by === PAPER;
  const model = {
    form,
    next: ownPath(next),
    // The address of a refused answer, too, is that of the question: a choice of the language leads there.
    action: questionPath(next, byPaper ? PAPER : undefined),
    otherWay: questionPath(next, byPaper ? undefined : PAPER),
    byPaper,
    options: options ?? null,
  };
  return page('auth/second-factor', say('確認コードの入力'), model, answer);
}

function toldOf(left: number | undefined): Notice | undefined {
  if (left === undefined) return undefined;
  return left === 0
    ? about(LAST_CODE_USED, { path: '/me/second-factor/exchange' })
    : codesLeft(left, '/me/second-factor/recovery-codes');
}

function questionPath(next: string | undefined, by?: string): string {
  const query = new URLSearchParams({ next: ownPath(next), ...(by && { by }) });
  return `/login/second-factor?${query.toString()}`;
}
