import { Trimmed } from '../../web/fields.js';
import { because } from '../../web/forms.js';
import { AtMostCharacters } from '../../web/rules.js';

/** What one side of a case wants the desk to know; it may stay empty. */
export class StatementForm {
  @Trimmed()
  @AtMostCharacters(1000, because('担当窓口へのご説明は1000文字以内で入力してください。'))
  statement = '';
}
