import { IsIn, IsNotEmpty } from 'class-validator';
import { FreeText, Trimmed } from '../../../web/forms/fields.js';
import { because } from '../../../web/forms/forms.js';
import { AtMostCharacters } from '../../../web/forms/rules.js';

export const AFTER_ANSWER = ['waiting', 'done', 'stay'] as const;

export class AnswerForm {
  @Trimmed()
  @IsNotEmpty(because('回答の宛先を選んでください。'))
  to = '';

  @FreeText()
  @IsNotEmpty(because('回答を入力してください。'))
  @AtMostCharacters(4000, because('回答は4000文字以内で入力してください。'))
  answer = '';

  /** What becomes of the case. */
  @IsIn(AFTER_ANSWER, because('回答のあとの状態を選んでください。'))
  after: (typeof AFTER_ANSWER)[number] = 'waiting';
}
