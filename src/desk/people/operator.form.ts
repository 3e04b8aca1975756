import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, Matches, ValidateBy } from 'class-validator';
import { isRoleWord, newOperatorNameOf } from '../../identity/operator-name.js';
import { MailAddress, NewLoginId } from '../../identity/person-fields.js';
import type { OperatorRole } from '../../identity/operator.entity.js';
import { Trimmed } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';
import { AtMostCharacters, IsVisibleLine, SaysSomething } from '../../web/forms/rules.js';

/** 操作の理由: for the log, and told to whom it concerns. */
export class ReasonForm {
  @Trimmed()
  @IsNotEmpty(because('理由を入力してください。'))
  @AtMostCharacters(200, because('理由は200文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '理由に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @SaysSomething(because('理由は、読む方に伝わる文で入力してください。'))
  why = '';
}

const NO_ROLE = because(
  '「責任者」や「担当窓口」などの役割の名前は使えません。記録で見分けられるよう、ご本人の氏名を入力してください。',
);
const isNoRole = (name: string) => !isRoleWord(name);

export class NewOperatorForm extends ReasonForm {
  @Transform(({ value }) => newOperatorNameOf(value as string) ?? '')
  @Matches(
    /^.{2,60}$/u,
    because(
      '氏名は、2文字以上60文字以内（漢字は1文字から）で入力してください。使えるのは、漢字・かな・英字・ハングル・数字・空白と . _ - です。',
    ),
  )
  @ValidateBy({ name: 'isNoRole', validator: { validate: isNoRole } }, NO_ROLE)
  name = '';

  @NewLoginId()
  loginId = '';

  @MailAddress()
  email = '';

  @IsIn(['clerk', 'lead'], because('権限を選んでください。'))
  role: OperatorRole = 'clerk';
}
