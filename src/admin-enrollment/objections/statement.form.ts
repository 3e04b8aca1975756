import { IsNotEmpty } from 'class-validator';
import { FreeText } from '../../web/forms/fields.js';
import { because, type FormBody } from '../../web/forms/forms.js';
import { AtMostCharacters } from '../../web/forms/rules.js';
import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { Said } from './objections.js';

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

export const STATEMENT_SENT = notice.success(say('ご説明を担当窓口へお送りしました。'));
export const STATEMENT_LIMIT = notice.warning(
  say('ご説明をお送りできるのは、1日に3回までです。お急ぎの場合は、担当窓口までお電話ください。'),
);
const STATEMENT_KEPT = notice.success(
  say('ご説明をお預かりしました。登録された方がメールアドレスを確認すると、担当窓口へ送られます。'),
);

export const SAID: Record<Said, Notice | undefined> = {
  nothing: undefined,
  sent: STATEMENT_SENT,
  kept: STATEMENT_KEPT,
  'statement-limit': STATEMENT_LIMIT,
};
