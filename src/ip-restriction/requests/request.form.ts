import { IsNotEmpty } from 'class-validator';
import { Code, Trimmed } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';
import { AtMostCharacters, HoldsNoLink, IsVisibleLine, TooLong } from '../../web/forms/rules.js';
import { say } from '../../web/sentence.js';

/** 管理者に許可を依頼する. The administrators get the text by mail. */
export class RequestForm {
  @Trimmed()
  @IsNotEmpty(because('目的を入力してください。例：在宅勤務のため'))
  @AtMostCharacters(50, because('目的は50文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '目的に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @HoldsNoLink(
    because(
      '目的にURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    ),
  )
  purpose = '';

  @Code()
  @IsNotEmpty(because('利用終了日を入力してください。'))
  @TooLong(say('利用終了日は、1年以内の日付にしてください。'))
  until = '';
}

/** The reason for a refusal, for the mail to the person who asked. */
export class RefusalForm {
  @Trimmed()
  @IsNotEmpty(because('却下の理由を入力してください。依頼した方へのメールに記載します。'))
  @AtMostCharacters(200, because('却下の理由は200文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '却下の理由に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @HoldsNoLink(
    because(
      '却下の理由にURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    ),
  )
  word = '';
}
