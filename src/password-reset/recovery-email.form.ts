import { IsNotEmpty } from 'class-validator';
import { Code } from '../web/fields.js';
import { because } from '../web/forms.js';
import { IsMailAddress } from '../web/rules.js';

/** The address of the mailbox that an ID was registered with. */
export class RecoveryEmailForm {
  @Code()
  @IsNotEmpty(because('メールアドレスを入力してください。'))
  @IsMailAddress(because('メールアドレスの形をご確認ください。例：taro@example.co.jp'))
  email = '';
}
