import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import type { Corporation } from '../../corporations/corporation.entity.js';
import { Suspensions } from '../../ip-restriction/lists/suspensions.js';
import { DeskForm, DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { ReasonForm } from '../people/operator.form.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { CorporationClosing } from './corporation-closing.js';
import { CorporationReports } from './corporation-reports.js';
import { SuspensionForm } from './suspension.form.js';

const ACTS = {
  'suspend-ip-restriction': {
    title: say('IPアドレス制限を一時停止する'),
    effect: say(
      '決めた時間のあいだ、この法人の方はどのIPアドレスからもログインできます。自動で元に戻ります。管理者の方に、理由をメールでお知らせします。',
    ),
    done: notice.success(say('{name}のIPアドレス制限を一時停止しました。')),
  },
  'resume-ip-restriction': {
    title: say('IPアドレス制限の一時停止を終える'),
    effect: say(
      '今から、登録されているIPアドレスからだけログインできます。ほかのIPアドレスでご利用中の方は、次の操作から利用できなくなります。管理者の方に、理由をメールでお知らせします。',
    ),
    done: notice.success(say('{name}のIPアドレス制限の一時停止を終えました。')),
  },
  close: {
    title: say('法人の利用を終了する'),
    effect: say(
      'この法人の方は全員ログアウトされ、再開するまでログインできません。アカウントや設定はそのまま残ります。管理者の方とご請求先に、理由をメールでお知らせします。',
    ),
    done: notice.success(say('{name}の利用を終了しました。')),
  },
  open: {
    title: say('法人の利用を再開する'),
    effect: say(
      'この法人の方は、以前と同じIDとパスワードでログインできるようになります。管理者の方とご請求先に、理由をメールでお知らせします。',
    ),
    done: notice.success(say('{name}の利用を再開しました。')),
  },
};

const CLOSING_ENDS_REMOVALS = say(
  'この法人の方は全員ログアウトされ、再開するまでログインできません。始まっている2段階認証の解除のお手続きも終わり、再開しても続きません。アカウントや設定はそのまま残ります。管理者の方とご請求先に、理由をメールでお知らせします。',
);

type CorporationAct = keyof typeof ACTS;

const REFUSALS = {
  'corporation-unknown': say('この法人は、もうありません。'),
  'state-changed': say('この法人は、すでにその状態です。'),
  'not-restricted': say('制限がないため、一時停止するものがありません。'),
  'not-suspended': say('この法人のIPアドレス制限は、一時停止されていません。'),
} satisfies Record<string, Sentence>;

/** One act on one company: what it does, why, and the button. */
@Controller('desk/corporations/:id/acts/:act')
@DeskPage()
@FreshDeskFactor()
export class CorporationActController {
  constructor(
    private readonly reports: CorporationReports,
    private readonly closing: CorporationClosing,
    private readonly removals: FactorRemovals,
    private readonly suspensions: Suspensions,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Param('act') act: string): Promise<Answer> {
    const form = new FormReading({ hours: '1' });
    return this.#page(await this.reports.find(id), actOf(act), form);
  }

  @Post()
  @DeskForm(({ params }) => formOf(params.act))
  async act(
    @Param('id') id: string,
    @Param('act') typed: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const [corporation, act] = [await this.reports.find(id), actOf(typed)];
    const read = readForm(formOf(act), body);
    if (!read.ok) return this.#page(corporation, act, read.reading);
    const acted = await this.#act(act, corporation, read.form, me);
    if (acted.ok)
      return seeOther(
        `/desk/corporations/${id}`,
        about(ACTS[act].done, { name: corporation.name }),
      );
    const refusal = { name: 'why', sentence: REFUSALS[acted.reason] };
    return this.#page(corporation, act, new FormReading(read.form, refusal));
  }

  async #page(corporation: Corporation, act: CorporationAct, form: FormReading): Promise<Answer> {
    const ends = act === 'close' && (await this.removals.runs({ corporation: corporation.id }));
    return actPage(corporation, act, form, ends ? CLOSING_ENDS_REMOVALS : ACTS[act].effect);
  }

  #act(
    act: CorporationAct,
    { id }: Corporation,
    form: ReasonForm | SuspensionForm,
    { name: operator, visit }: SignedInOperator,
  ) {
    if (act === 'close' || act === 'open')
      return this.closing.change(act, { id }, { operator, why: form.why, visit });
    const order = { which: { id }, reason: form.why, by: operator, visit };
    if (act === 'resume-ip-restriction') return this.suspensions.resume(order);
    return this.suspensions.suspend({ ...order, hours: Number((form as SuspensionForm).hours) });
  }
}

function formOf(act: unknown) {
  return act === 'suspend-ip-restriction' ? SuspensionForm : ReasonForm;
}

function actOf(typed: string): CorporationAct {
  if (!Object.hasOwn(ACTS, typed)) throw new NotFoundException();
  return typed as CorporationAct;
}

function actPage(
  { id, name }: Corporation,
  act: CorporationAct,
  form: FormReading,
  effect: Sentence,
): Answer {
  const { title } = ACTS[act];
  const model = {
    form,
    title,
    effect,
    action: `/desk/corporations/${id}/acts/${act}`,
    back: `/desk/corporations/${id}`,
    name: null,
    loginId: null,
    corporationName: name,
    isDanger: act === 'close',
    asksHours: act === 'suspend-ip-restriction',
  };
  return page('desk/act', title, model);
}
