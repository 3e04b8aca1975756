import { IsNotEmpty, Matches } from 'class-validator';
import { Code } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';

/** The login ID that takes the place of one that was taken. */
export class LoginIdForm {
  @Code()
  @IsNotEmpty(because('ログインIDを入力してください。'))
  @Matches(
    /^[a-z\d._@-]{4,64}$/i,
    because('ログインIDは、英字・数字・記号（. _ - @）の4文字以上64文字以内で入力してください。'),
  )
  loginId = '';
}
