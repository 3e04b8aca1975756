import { Department, MailAddress, NameInKana, NewLoginId } from './person-fields.js';
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

export class MailAddressForm {
  @MailAddress()
  email = '';
}
