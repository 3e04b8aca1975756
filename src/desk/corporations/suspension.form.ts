import { Matches } from 'class-validator';
import { cleanCode } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';
import { Transform } from 'class-transformer';
import { ReasonForm } from '../people/operator.form.js';

/** 一時停止: for how long, and why. */
export class SuspensionForm extends ReasonForm {
  @Transform(({ value }) => plainHours(value as string))
  @Matches(/^(?:[1-9]|[1-6]\d|7[0-2])$/, because('時間は、1から72までの数字で入力してください。'))
  hours = '';
}

/** 「02」 and 「２時間」 are as clear as a number. */
function plainHours(typed: string): string {
  return cleanCode(typed)
    .replace(/\s*(?:時間|h(?:ours?)?)$/i, '')
    .replace(/^0+(?=\d)/, '');
}
