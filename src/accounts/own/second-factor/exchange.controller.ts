import { Body, Controller, Get, Post } from '@nestjs/common';
import { APP_EXCHANGE, AppExchange } from '../../../auth/second-factor/app-exchange.js';
import { NEW_FACTOR_WRONG, NewFactorForm } from '../../../auth/second-factor/new-factor.form.js';
import { TotpOffers } from '../../../auth/second-factor/totp-offers.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { FactorFor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const PATH = '/me/second-factor/exchange';
const BACK = '/me/second-factor';

const EXCHANGED = notice.success(
  say(
    '認証アプリを切り替えました。前の認証アプリの確認コードは、もう使えません。ほかの端末からはログアウトしました。',
  ),
);

/** スマートフォンの買い替え: another app in the place of the one before. */
@Controller('me/second-factor/exchange')
export class AppExchangeController {
  constructor(
    private readonly offers: TotpOffers,
    private readonly exchange: AppExchange,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Answer {
    return person.hasFactor ? this.#page(person, new FormReading()) : seeOther(BACK);
  }

  /** `act=begin` leads to the new key, which is shown to those alone who just gave the old factor for it. */
  @Post()
  @FactorFor(APP_EXCHANGE)
  async act(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (!person.hasFactor) return seeOther(BACK);
    if (body.act === 'begin') return seeOther(PATH);
    const read = readForm(NewFactorForm, body);
    if (!read.ok) return this.#page(person, read.reading);
    const done = await this.exchange.by(person, read.form.newFactorCode);
    if (done.ok) return seeOther(BACK, EXCHANGED);
    if (done.reason === 'changed-meanwhile') return seeOther(BACK);
    return this.#page(person, new FormReading({}, NEW_FACTOR_WRONG));
  }

  #page(person: SignedIn, form: FormReading): Answer {
    const isProved = person.factorGivenFor === APP_EXCHANGE;
    const offer = isProved ? this.offers.shown(person, person.loginId) : null;
    const title = say('新しいスマートフォンへの切り替え');
    return page('own/app-exchange', title, { form, offer });
  }
}
