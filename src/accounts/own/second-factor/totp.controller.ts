import { Body, Controller, Get, Post } from '@nestjs/common';
import { FactorChanges } from '../../../auth/second-factor/factor-changes.js';
import { NEW_FACTOR_WRONG, NewFactorForm } from '../../../auth/second-factor/new-factor.form.js';
import { TotpOffers } from '../../../auth/second-factor/totp-offers.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FreshPassword, ReplacesLostFactor, SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const SET_UP = notice.success(
  say(
    '2段階認証を設定しました。ほかの端末からはログアウトしました。続けて、リカバリーコードを控えてください。',
  ),
);
const SET_UP_BEFORE = notice.info(say('認証アプリは、すでに設定されています。'));

/** 認証アプリの設定: a QR picture, the key as text, and a code that proves that the app has it. */
@Controller('me/second-factor/totp')
@SetsUpFactor()
export class TotpController {
  constructor(
    private readonly offers: TotpOffers,
    private readonly changes: FactorChanges,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Answer {
    if (person.hasFactor && !person.enrolsOnly) return seeOther('/me/second-factor', SET_UP_BEFORE);
    return this.#page(person, new FormReading());
  }

  @Post()
  @FreshPassword()
  @ReplacesLostFactor()
  async setUp(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const read = readForm(NewFactorForm, body);
    if (!read.ok) return this.#page(person, read.reading);
    const done = await this.changes.setUpTotp(person, read.form.newFactorCode);
    if (done.ok) return seeOther('/me/second-factor/recovery-codes', SET_UP);
    if (done.reason === 'changed-meanwhile') return seeOther('/me/second-factor', SET_UP_BEFORE);
    return this.#page(person, new FormReading({}, NEW_FACTOR_WRONG));
  }

  #page(person: SignedIn, form: FormReading): Answer {
    const offer = this.offers.shown(person, person.loginId);
    const model = { form, offer, hasWayBack: !person.enrolsOnly };
    return page('own/totp', say('認証アプリの設定'), model);
  }
}
