import { IsNotEmpty, Matches } from 'class-validator';
import { Code, Katakana, Telephone, Trimmed } from '../web/fields.js';
import { because } from '../web/forms.js';
import { AtMostCharacters, HoldsNoAddress, IsMailAddress, IsOneLine } from '../web/rules.js';

/** Who wants to become administrator, and the login ID of their choice; the password is read apart. */
export class DetailsForm {
  @Trimmed()
  @IsNotEmpty(because('氏名を入力してください。'))
  @AtMostCharacters(100, because('氏名は100文字以内で入力してください。'))
  @IsOneLine(because('氏名は改行などを入れずに入力してください。'))
  @HoldsNoAddress(because('氏名にURLやメールアドレスは入れられません。'))
  name = '';

  @Katakana()
  @IsNotEmpty(because('フリガナを入力してください。'))
  @Matches(/^[ァ-ヺー・ヽヾ ]*$/, because('フリガナは、かな文字で入力してください。'))
  @AtMostCharacters(100, because('フリガナは100文字以内で入力してください。'))
  nameKana = '';

  @Trimmed()
  @AtMostCharacters(100, because('部署は100文字以内で入力してください。'))
  @IsOneLine(because('部署は改行などを入れずに入力してください。'))
  department = '';

  @Telephone()
  @Matches(
    /^[\d+() -]{0,20}$/,
    because('電話番号は、数字とハイフンで20文字以内で入力してください。'),
  )
  phone = '';

  @Code()
  @IsNotEmpty(because('メールアドレスを入力してください。'))
  @IsMailAddress(because('メールアドレスの形をご確認ください。例：taro@example.co.jp'))
  email = '';

  @Code()
  @IsNotEmpty(because('ログインIDを入力してください。'))
  @Matches(
    /^[a-z\d._@-]{4,64}$/i,
    because('ログインIDは、英字・数字・記号（. _ - @）の4文字以上64文字以内で入力してください。'),
  )
  loginId = '';
}
