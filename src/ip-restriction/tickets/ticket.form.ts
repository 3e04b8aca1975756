import { Transform } from 'class-transformer';
import { IsNotEmpty, Matches } from 'class-validator';
import { Password } from '../../auth/passwords/typed-password.js';
import { because } from '../../web/forms/forms.js';
import { cleanPrintedCode } from '../../auth/printed-codes.js';

/** The emergency lane: the password and a code of the printed sheet. */
export class TicketForm {
  @Password()
  password = '';

  @Transform(({ value }) => cleanPrintedCode(value as string))
  @IsNotEmpty(because('緊急用チケットを入力してください。'))
  @Matches(
    /^[\dA-Z]{12}$/,
    because('緊急用チケットは、英字と数字の12文字です。お手元の控えをご確認ください。'),
  )
  ticket = '';
}
