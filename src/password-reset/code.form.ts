import { Transform } from 'class-transformer';
import { IsNotEmpty, Matches } from 'class-validator';
import { cleanDigits } from '../web/forms/fields.js';
import { because } from '../web/forms/forms.js';
import { TooLong } from '../web/forms/rules.js';
import { say } from '../web/sentence.js';

const CODE = say('コードは、英字と数字の8文字です。メールに記載されたコードをご確認ください。');

/** The short code of the mail, for people whose mail gateway breaks links. */
export class CodeForm {
  @Transform(({ value }) => cleanDigits(value as string).toUpperCase())
  @IsNotEmpty(because('メールに記載されたコードを入力してください。'))
  @Matches(/^[\dA-Z]{8}$/, because(CODE.text))
  @TooLong(CODE)
  code = '';
}
