import { IsIn, IsNotEmpty, Matches } from 'class-validator';
import { NEW_LOGIN_ID } from './login-id.js';
import { Code, Katakana, PlainMailAddress, Telephone, Trimmed } from '../web/forms/fields.js';
import { because } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import {
  AtMostCharacters,
  AtMostMailAddress,
  HoldsNoContact,
  HoldsNoLongDash,
  IsCode,
  IsKana,
  IsMailAddress,
  IsPlainMailbox,
  IsVisibleLine,
  TooLong,
} from '../web/forms/rules.js';

const PHONE = say('電話番号は、数字と記号（+ - ( )）を使い、20文字以内で入力してください。');
const LOGIN_ID = say(
  'ログインIDは、英字・数字・記号（. _ - @）の4文字以上64文字以内で入力してください。',
);
const LONG_MAIL_ADDRESS = say('メールアドレスは254文字以内で入力してください。');

/** 氏名. What is known of a person has the same rules wherever it is entered. */
export function PersonName(): PropertyDecorator {
  return all(
    Trimmed(),
    IsNotEmpty(because('氏名を入力してください。')),
    AtMostCharacters(100, because('氏名は100文字以内で入力してください。')),
    IsVisibleLine(
      because(
        '氏名に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
      ),
    ),
    HoldsNoContact(
      because(
        '氏名にURL・メールアドレス・電話番号は入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
      ),
    ),
  );
}

/** フリガナ, in full-width katakana however it was typed. */
export function NameInKana(): PropertyDecorator {
  return all(
    Katakana(),
    IsNotEmpty(because('フリガナを入力してください。')),
    IsKana(
      because(
        'フリガナは、カタカナまたはひらがなで入力してください。「.」などの記号・漢字・英数字は使えません。区切りには、空白か「・」を使ってください。',
      ),
    ),
    IsVisibleLine(
      because(
        'フリガナに、見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
      ),
    ),
    AtMostCharacters(100, because('フリガナは100文字以内で入力してください。')),
  );
}

/** 部署, which may stay empty. */
export function Department(): PropertyDecorator {
  return all(
    Trimmed(),
    AtMostCharacters(100, because('部署は100文字以内で入力してください。')),
    IsVisibleLine(
      because(
        '部署に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
      ),
    ),
    HoldsNoContact(
      because(
        '部署にURL・メールアドレス・電話番号は入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
      ),
    ),
  );
}

/** 電話番号, which may stay empty. */
export function PhoneNumber(): PropertyDecorator {
  return all(Telephone(), Matches(/^[\d+() -]{0,20}$/, because(PHONE.text)), TooLong(PHONE));
}

/** メールアドレス: one plain address, to which any mail server can send. */
export function MailAddress(): PropertyDecorator {
  return all(
    KnownMailAddress(),
    IsPlainMailbox(
      because(
        'メールアドレスの「@」より前に、日本語などの文字は使えません。半角英数字のアドレスを入力してください。',
      ),
    ),
  );
}

/** One that somebody may have since a version that judged less. */
export function KnownMailAddress(): PropertyDecorator {
  return all(
    PlainMailAddress(),
    IsNotEmpty(because('メールアドレスを入力してください。')),
    IsMailAddress(because('メールアドレスの形式をご確認ください。例：taro@example.co.jp')),
    AtMostMailAddress(because(LONG_MAIL_ADDRESS.text)),
    TooLong(LONG_MAIL_ADDRESS),
  );
}

/** ログインID, chosen by the person whose it is. */
export function NewLoginId(): PropertyDecorator {
  return all(
    Code(),
    IsNotEmpty(because('ログインIDを入力してください。')),
    IsCode(NEW_LOGIN_ID, because(LOGIN_ID.text)),
    HoldsNoLongDash(
      because('ログインIDに「ー」や長いダッシュは使えません。ハイフン「-」を入力してください。'),
    ),
    TooLong(LOGIN_ID),
  );
}

/** 権限: 担当者 or 管理者. */
export function RoleOfPerson(): PropertyDecorator {
  return all(IsIn(['staff', 'administrator'], because('権限を選んでください。')));
}

/** As if the decorators stood above the field, in this order. */
function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (form, field) => {
    for (const decorate of decorators.toReversed()) decorate(form, field);
  };
}
