import { IsNotEmpty } from 'class-validator';
import { FreeText } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';
import { AtMostCharacters } from '../../web/forms/rules.js';

/** For the desk alone. */
export class NoteForm {
  @FreeText()
  @IsNotEmpty(because('メモを入力してください。'))
  @AtMostCharacters(2000, because('メモは2000文字以内で入力してください。'))
  note = '';
}
