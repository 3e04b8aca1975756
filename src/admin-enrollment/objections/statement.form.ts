import { IsNotEmpty } from 'class-validator';
import { FreeText } from '../../web/forms/fields.js';
import { because, type FormBody } from '../../web/forms/forms.js';
import { AtMostCharacters } from '../../web/forms/rules.js';

const TOO_LONG = because('担当窓口へのご説明は1000文字以内で入力してください。');

/** An objector's words for the desk; they may stay empty. */
class StatementForm {
  @FreeText()
  @AtMostCharacters(1000, TOO_LONG)
  statement = '';
}

/** Words are all that the form is for: the newcomer's side, or what an objector adds. */
export class ExplanationForm {
  @FreeText()
  @IsNotEmpty(because('担当窓口へのご説明を入力してください。'))
  @AtMostCharacters(1000, TOO_LONG)
  statement = '';
}

export function statementFormOf({ act }: FormBody): typeof StatementForm {
  return act === 'explain' ? ExplanationForm : StatementForm;
}
