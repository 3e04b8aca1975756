import { Body, Controller, Get, Post } from '@nestjs/common';
import { NEW_FACTOR_WRONG, NewFactorForm } from '../../auth/second-factor/new-factor.form.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { DeskFactorForPage, DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { NEW_PASSKEY_WRONG, passkeyName } from '../passkey-name.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { answerToChange } from './own-change-answer.js';
import { OwnSignIn, ownPasskeyHolder } from './own-sign-in.js';

/** 認証アプリの設定: the new key is shown to those alone who just gave a factor for it. */
@Controller('desk/me/second-factor/app')
@DeskPage()
@DeskFactorForPage()
export class DeskOwnAppController {
  constructor(
    private readonly own: OwnSignIn,
    private readonly factors: SecondFactors,
    private readonly offers: TotpOffers,
  ) {}

  @Get()
  show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    return this.#page(new FormReading(), me);
  }

  @Post()
  async setUp(@Body() body: FormBody, @CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const read = readForm(NewFactorForm, body);
    if (!read.ok) return this.#page(read.reading, me);
    const set = await this.own.setUpApp(me, read.form.newFactorCode);
    if (set.ok || set.reason === 'sign-in-over') return answerToChange(set);
    return this.#page(new FormReading({}, NEW_FACTOR_WRONG), me);
  }

  async #page(form: FormReading, me: SignedInOperator): Promise<Answer> {
    const hasApp = (await this.factors.totpOf({ operator: me.operatorId })) !== null;
    const title = hasApp ? say('認証アプリの取り替え') : say('認証アプリの設定');
    const model = { form, title, hasApp, offer: this.offers.shown(me, me.loginId) };
    return page('desk/own-app', title, model);
  }
}

/** パスキーの追加: in the browser that is used now. */
@Controller('desk/me/second-factor/passkey')
@DeskPage()
@DeskFactorForPage()
export class DeskOwnPasskeyController {
  constructor(
    private readonly own: OwnSignIn,
    private readonly passkeys: Passkeys,
  ) {}

  @Get()
  show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    return this.#page(new FormReading(), me);
  }

  @Post()
  async add(
    @Body() { passkey = '' }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const added = await this.own.addPasskey(me, passkeyName(me.visit), passkey);
    if (added.ok || added.reason === 'sign-in-over') return answerToChange(added);
    return this.#page(new FormReading({}, NEW_PASSKEY_WRONG), me);
  }

  async #page(form: FormReading, me: SignedInOperator): Promise<Answer> {
    const options = await this.passkeys.registrationOptions(ownPasskeyHolder(me));
    return page('desk/own-passkey', say('パスキーの追加'), { form, options });
  }
}
