import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { codeSpent } from '../auth/second-factor/codes-left.js';
import { factorRefused, type FactorShown } from '../auth/second-factor/factor-problem.js';
import { FactorAnswerForm } from '../auth/second-factor/factor.form.js';
import { RecoveryCodes } from '../auth/second-factor/recovery-codes.js';
import type { Factor } from '../auth/second-factor/second-factors.js';
import { Public } from '../web/access.js';
import { page, seeOther, type Answer } from '../web/answers.js';
import { FormReading, readForm, type FormBody } from '../web/forms/forms.js';
import { notice, type Notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { Visitor, type Visit } from '../web/visit.js';
import { PasswordReset } from './password-reset.js';
import { RecoveryFactor } from './recovery-factor.js';
import {
  linkRefused,
  RecoveryFlow,
  recoveryPath,
  recoveryStepperAt,
  shownOn,
  type Opened,
  type RecoveryRun,
} from './recovery-flow.js';

const LAST_CODE_USED = notice.warning(
  say(
    '最後のリカバリーコードを使いました。パスワードを再登録したあとのログインには、認証アプリかパスキーが必要です。どちらも使えない方は、ログインの途中にある「確認コードを入力できない方」へお進みください。',
  ),
);

/** 確認コードの入力, where the chosen ID has a second factor: nothing tells of it before both proofs. */
@Controller('password-reset/second-factor')
@Public()
export class RecoveryFactorController {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly factor: RecoveryFactor,
    private readonly reset: PasswordReset,
    private readonly codes: RecoveryCodes,
  ) {}

  @Get()
  async show(
    @Query('flow') id: unknown,
    @Query('by') by: unknown,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const opened = await this.#askable(await this.flow.open('second-factor', id, visit));
    return opened.ok ? this.#page(opened.run, by) : opened.answer;
  }

  @Post()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.#askable(await this.flow.openForm('second-factor', body, visit));
    if (!opened.ok) return opened.answer;
    const { run } = opened;
    const read = readForm(FactorAnswerForm, body);
    if (!read.ok) return this.#page(run, body.by, { form: read.reading });
    const proved = await this.factor.prove(run, read.form.answer, visit);
    if (proved.ok) return this.#goOn(run, await this.#news(run, proved.factor));
    if (proved.reason === 'sign-in-over') return this.#goOn(run);
    return this.#page(run, body.by, factorRefused(proved, read.form));
  }

  /** Where the ID can be recovered no more, the code would be spent for nothing. */
  async #askable(opened: Opened): Promise<Opened> {
    if (!opened.ok || (await this.reset.chosen(opened.recovery, opened.run))) return opened;
    return { ok: false, answer: linkRefused('link-unknown') };
  }

  /** Another tab of the same run may have come further; the page there says what became of the link. */
  async #goOn(opened: RecoveryRun, news?: Notice): Promise<Answer> {
    const run = await this.flow.present(opened);
    return seeOther(run ? recoveryPath(await this.flow.stepOf(run), run) : '/password-reset', news);
  }

  async #news({ entries }: RecoveryRun, factor: Factor): Promise<Notice | undefined> {
    const left = await this.codes.leftAfter(factor, entries.accountId!);
    return left === 0 ? LAST_CODE_USED : codeSpent(left);
  }

  async #page(run: RecoveryRun, by: unknown, shown: FactorShown = {}): Promise<Answer> {
    if (!(await this.flow.missingFactor(run)))
      return seeOther(recoveryPath(await this.flow.stepOf(run), run));
    const { form = new FormReading(), ...answer } = shown;
    const byPaper = by === 'recovery-code';
    const path = recoveryPath('second-factor', run);
    const model = {
      ...recoveryStepperAt('new-password'),
      form,
      flowId: run.id,
      shown: shownOn('second-factor', run),
      byPaper,
      otherWay: byPaper ? path : `${path}&by=recovery-code`,
      options: (await this.factor.passkeyOptions(run)) ?? null,
    };
    return page('password-reset/second-factor', say('確認コードの入力'), model, answer);
  }
}
