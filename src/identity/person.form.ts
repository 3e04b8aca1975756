import type { Problem } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import {
  Department,
  KnownMailAddress,
  MailAddress,
  NameInKana,
  NewLoginId,
} from './person-fields.js';
import { PersonName, PhoneNumber } from './person-fields.js';

/** What is known of a person, wherever it is entered. */
export class PersonForm {
  @PersonName()
  name = '';

  @NameInKana()
  nameKana = '';

  @Department()
  department = '';

  @PhoneNumber()
  phone = '';
}

/** A login ID that is chosen behind a mailed link; the password is read apart. */
export class LoginIdForm {
  @NewLoginId()
  loginId = '';
}

/** Behind that link pages tell that one is taken, but do not answer whole lists of them. */
export function loginIdsExhausted(retryAfterSeconds: number): Problem {
  const sentence = say(
    'ログインIDの入力が続いたため、受け付けを停止しています。およそ{minutes}分後に、もう一度お試しください。',
    { minutes: Math.ceil(retryAfterSeconds / 60) },
  );
  return { name: 'loginId', sentence };
}

export class KnownAddressForm {
  @KnownMailAddress()
  email = '';
}

export class MailAddressForm {
  @MailAddress()
  email = '';
}
