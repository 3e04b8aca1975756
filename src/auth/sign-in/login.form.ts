import { IsNotEmpty } from 'class-validator';
import { because } from '../../web/forms/forms.js';
import { AtMostCharacters } from '../../web/forms/rules.js';
import { Password } from '../passwords/typed-password.js';

/** Lengths are refused before anything is looked up or hashed. */
export class LoginForm {
  @IsNotEmpty(because('IDを入力してください。'))
  @AtMostCharacters(128, because('IDは128文字以内で入力してください。'))
  loginId = '';

  @Password()
  password = '';

  next = '';
}
