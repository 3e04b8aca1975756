import { Body, Controller, Get, Post } from '@nestjs/common';
import { NEW_FACTOR_WRONG, NewFactorForm } from '../../auth/second-factor/new-factor.form.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody, type Problem } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { NEW_PASSKEY_WRONG, passkeyName } from '../passkey-name.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { OwnSignIn, ownPasskeyHolder, type OwnChange } from './own-sign-in.js';

const PATH = '/desk/me/second-factor';

const CHANGED = notice.success(
  say('2段階認証の設定を変更しました。ほかの端末からはログアウトしました。'),
);
const LAST = notice.warning(
  say('最後の1つは削除できません。先に、認証アプリかパスキーを追加してください。'),
);
const MEANWHILE = notice.info(
  say('ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。'),
);

/** 2段階認証 of somebody of the desk: the app, passkeys and recovery codes; one factor is always left. */
@Controller('desk/me/second-factor')
@DeskPage()
@FreshDeskFactor()
export class DeskOwnFactorController {
  constructor(
    private readonly own: OwnSignIn,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly offers: TotpOffers,
  ) {}

  @Get()
  show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    return this.#page(new FormReading(), me);
  }

  /** `act=remove-app`, `remove-passkey` (`passkeyId`); else a new `passkey`, or a code of a new app. */
  @Post()
  async act(@Body() body: FormBody, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const { act, passkeyId = '', passkey = '' } = body;
    if (act === 'remove-app') return answerTo(await this.own.removeApp(me));
    if (act === 'remove-passkey')
      return isUuid(passkeyId)
        ? answerTo(await this.own.removePasskey(me, passkeyId))
        : seeOther(PATH, MEANWHILE);
    if (passkey !== '') {
      const added = await this.own.addPasskey(me, passkeyName(me.visit), passkey);
      return this.#answerToNew(added, NEW_PASSKEY_WRONG, me);
    }
    const read = readForm(NewFactorForm, body);
    if (!read.ok) return this.#page(read.reading, me, 422);
    const set = await this.own.setUpApp(me, read.form.newFactorCode);
    return this.#answerToNew(set, NEW_FACTOR_WRONG, me);
  }

  async #answerToNew(added: OwnChange, problem: Problem, me: SignedInOperator): Promise<Answer> {
    if (added.ok || added.reason === 'sign-in-over') return answerTo(added);
    return this.#page(new FormReading({}, problem), me, 422);
  }

  async #page(form: FormReading, me: SignedInOperator, status = 200): Promise<Answer> {
    const owner = { operator: me.operatorId };
    const totp = await this.factors.totpOf(owner);
    const passkeys = await this.passkeys.of(owner);
    const { left } = await this.recoveryCodes.sheet(owner);
    const model = {
      form,
      app: totp && { since: totp.createdAt, lastUsedAt: totp.lastUsedAt ?? null },
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        lastUsedAt: lastUsedAt ?? null,
      })),
      left,
      offer: this.offers.shown(me, me.loginId),
      options: await this.passkeys.registrationOptions(ownPasskeyHolder(me)),
    };
    return page('desk/own-factor', say('2段階認証'), model, { status });
  }
}

function answerTo(changed: OwnChange): Answer {
  if (changed.ok) return seeOther(PATH, CHANGED);
  return seeOther(PATH, changed.reason === 'last-factor' ? LAST : MEANWHILE);
}
