import { Body, Controller, Get, Post } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNotEmpty, Matches } from 'class-validator';
import { FactorChanges } from '../../../auth/second-factor/factor-changes.js';
import { TotpOffers } from '../../../auth/second-factor/totp-offers.js';
import { base32, keyUri } from '../../../auth/second-factor/totp.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { Config } from '../../../config.js';
import { FreshFactor, ReplacesLostFactor, SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { cleanDigits } from '../../../web/forms/fields.js';
import { because, FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { qrPath } from './qr-path.js';

const SET_UP = notice.success(
  say(
    '2段階認証を設定しました。ほかの端末からはログアウトしました。続けて、リカバリーコードを控えてください。',
  ),
);
const SET_UP_BEFORE = notice.info(say('認証アプリは、すでに設定されています。'));

const WRONG = say(
  '確認コードが違います。アプリに今表示されている6桁の数字を入力してください。ページを開き直したときは、下のQRコードをもう一度読み取ってください。',
);

class SetUpForm {
  @Transform(({ value }) => cleanDigits(value as string))
  @IsNotEmpty(because('確認コードを入力してください。'))
  @Matches(/^\d{6}$/, because('確認コードは、アプリに表示された6桁の数字です。'))
  code = '';
}

/** 認証アプリの設定: a QR picture, the key as text, and a code that proves that the app has it. */
@Controller('me/second-factor/totp')
@SetsUpFactor()
export class TotpController {
  constructor(
    private readonly config: Config,
    private readonly offers: TotpOffers,
    private readonly changes: FactorChanges,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Answer {
    if (person.hasFactor && !person.enrolsOnly) return seeOther('/me/second-factor', SET_UP_BEFORE);
    return this.#page(person, new FormReading());
  }

  @Post()
  @FreshFactor()
  @ReplacesLostFactor()
  async setUp(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const read = readForm(SetUpForm, body);
    if (!read.ok) return this.#page(person, read.reading, 422);
    const done = await this.changes.setUpTotp(person, read.form.code);
    if (done.ok) return seeOther('/me/second-factor/recovery-codes', SET_UP);
    if (done.reason === 'changed-meanwhile') return seeOther('/me/second-factor', SET_UP_BEFORE);
    return this.#page(person, new FormReading({}, { name: 'code', sentence: WRONG }), 422);
  }

  #page(person: SignedIn, form: FormReading, status = 200): Answer {
    const secret = this.offers.of(person);
    const uri = keyUri(secret, this.config.serviceName, person.loginId);
    const key = base32(secret).match(/.{4}/g)!.join(' ');
    const model = { form, qr: qrPath(uri), key, uri };
    return page('own/totp', say('認証アプリの設定'), model, { status });
  }
}
