import { Transform } from 'class-transformer';
import { IsNotEmpty } from 'class-validator';
import { readCaseNumber } from '../cases/case-number.js';
import { MailAddress, PersonName } from '../identity/person-fields.js';
import { cleanCode, FreeText, Trimmed } from '../web/forms/fields.js';
import { because } from '../web/forms/forms.js';
import { readRequestId } from '../web/requests/request-id.js';
import { AtMostCharacters, HoldsNoContact, IsVisibleLine } from '../web/forms/rules.js';

/** Of the page that failed, or of a mail; anything else stays as it was typed. */
function numberOf(typed: string): string {
  return readRequestId(typed) ?? readCaseNumber(typed) ?? cleanCode(typed);
}

function Message(): PropertyDecorator {
  return (form, field) => {
    AtMostCharacters(2000, because('お問い合わせの内容は2000文字以内で入力してください。'))(
      form,
      field,
    );
    IsNotEmpty(because('お問い合わせの内容を入力してください。'))(form, field);
    FreeText()(form, field);
  };
}

function RequestNumber(): PropertyDecorator {
  return (form, field) => {
    AtMostCharacters(40, because('リクエスト番号は40文字以内で入力してください。'))(form, field);
    Transform(({ value }) => numberOf(value as string))(form, field);
  };
}

/** What the desk needs to answer somebody who is signed in. */
export class OwnContactForm {
  @Message()
  message = '';

  @RequestNumber()
  requestNumber = '';

  @Trimmed()
  from = '';
}

/** The same from anybody else; problems are listed in the order of the page. */
export class ContactForm {
  @Trimmed()
  @AtMostCharacters(100, because('法人名は100文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '法人名に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @HoldsNoContact(
    because(
      '法人名にURL・メールアドレス・電話番号は入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    ),
  )
  corporationName = '';

  @PersonName()
  name = '';

  @MailAddress()
  email = '';

  @Message()
  message = '';

  @RequestNumber()
  requestNumber = '';

  @Trimmed()
  from = '';
}
