import { IsNotEmpty } from 'class-validator';
import { because } from '../../web/forms/forms.js';
import { AtMostBytes, AtMostCharacters } from '../../web/forms/rules.js';
import { LONGEST_PASSWORD_BYTES, Password } from '../passwords/typed-password.js';

/** Lengths are refused before anything is looked up or hashed. */
export class LoginForm {
  @IsNotEmpty(because('IDを入力してください。'))
  @AtMostCharacters(128, because('IDは128文字以内で入力してください。'))
  loginId = '';

  @Password()
  @IsNotEmpty(because('パスワードを入力してください。'))
  @AtMostBytes(LONGEST_PASSWORD_BYTES, because('パスワードは128文字以内で入力してください。'))
  password = '';

  next = '';
}
