import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { codesLeft } from '../../auth/second-factor/codes-left.js';
import { factorRefused, type FactorShown } from '../../auth/second-factor/factor-problem.js';
import { FactorAnswerForm, PAPER } from '../../auth/second-factor/factor.form.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { DeskEntrance, IgnoresSession } from '../../web/access.js';
import { arriveAt, page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { deskPath } from '../../web/own-path.js';
import { OWN_APP } from './desk-sessions.js';
import { DeskSignIn } from './desk-sign-in.js';

const OVER = notice.info(
  say(
    '確認コードの入力まで5分が過ぎたか、別のページでログインし直したため、最初からやり直してください。',
  ),
);

const LAST_CODE_USED = notice.warning(
  say(
    '最後のリカバリーコードを使いました。認証アプリもパスキーも使えない場合は、すぐに認証アプリを取り替えてください。30分が過ぎたとき、15分操作がないとき、ログアウトしたときは、責任者による設定のやり直しが必要になります。',
  ),
  say('認証アプリの取り替え'),
);

/** 確認コードの入力: between the right password and the session, for everybody at the desk. */
@Controller('desk/login/second-factor')
@DeskEntrance()
export class DeskFactorController {
  constructor(
    private readonly signIn: DeskSignIn,
    private readonly passkeys: Passkeys,
  ) {}

  @Get()
  show(@Query() query: Record<string, unknown>, @Visitor() visit: Visit): Promise<Answer> {
    return this.#page(query, visit);
  }

  @Post()
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(FactorAnswerForm, body);
    if (!read.ok) return this.#page(body, visit, { form: read.reading });
    const finished = await this.signIn.finish(read.form.answer, visit);
    if (finished.ok) return arriveAt(deskPath(body.next), toldOf(finished.codesLeft));
    if (finished.reason === 'sign-in-over') return startedOver(body.next);
    return this.#page(body, visit, factorRefused(finished, read.form));
  }

  /** @param asked.by `recovery-code`: a code of the paper instead of one of the app */
  async #page(
    asked: Record<string, unknown>,
    visit: Visit,
    { form = new FormReading(), ...answer }: FactorShown = {},
  ): Promise<Answer> {
    const waiting = await this.signIn.waiting(visit);
    if (!waiting) return startedOver(asked.next);
    const { operator } = waiting;
    const ceremony = this.signIn.ceremonyOf(waiting);
    const options = await this.passkeys.questionOptions({ operator: operator.id }, ceremony);
    const [next, byPaper] = [deskPath(asked.next), asked.by === PAPER];
    const model = {
      form,
      next,
      byPaper,
      action: questionPath(next, byPaper),
      otherWay: questionPath(next, !byPaper),
      options: options ?? null,
    };
    return page('desk/second-factor', say('確認コードの入力'), model, answer);
  }
}

function toldOf(left: number | undefined): Notice | undefined {
  if (left === undefined) return undefined;
  return left === 0
    ? about(LAST_CODE_USED, { path: OWN_APP })
    : codesLeft(left, '/desk/me/recovery-codes');
}

function questionPath(next: string, byPaper: boolean): string {
  const query = new URLSearchParams({ next, ...(byPaper && { by: 'recovery-code' }) });
  return `/desk/login/second-factor?${query.toString()}`;
}

function startedOver(wanted: unknown): Answer {
  const next = new URLSearchParams({ next: deskPath(wanted) });
  return seeOther(`/desk/login?${next.toString()}`, OVER);
}
