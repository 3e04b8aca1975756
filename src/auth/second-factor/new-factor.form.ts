import { Transform } from 'class-transformer';
import { IsNotEmpty, Matches } from 'class-validator';
import { cleanDigits } from '../../web/forms/fields.js';
import { because, type Problem } from '../../web/forms/forms.js';
import { TooLong } from '../../web/forms/rules.js';
import { say } from '../../web/sentence.js';

const SIX_DIGITS = say('確認コードは、アプリに表示された6桁の数字です。');

/** The code that proves that an app has the secret which the page offers (totp-offer.hbs). */
export class NewFactorForm {
  @Transform(({ value }) => cleanDigits(value as string))
  @IsNotEmpty(because('確認コードを入力してください。'))
  @Matches(/^\d{6}$/, because(SIX_DIGITS.text))
  @TooLong(SIX_DIGITS)
  newFactorCode = '';
}

export const NEW_FACTOR_WRONG: Problem = {
  name: 'newFactorCode',
  sentence: say(
    '確認コードが違います。アプリに今表示されている6桁の数字を入力してください。ページを開き直したときは、下のQRコードをもう一度読み取ってください。',
  ),
};
