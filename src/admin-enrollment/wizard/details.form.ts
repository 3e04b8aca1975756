import {
  NewLoginId,
  Department,
  MailAddress,
  NameInKana,
  PersonName,
  PhoneNumber,
} from '../../identity/person-fields.js';

/** A person who wants to become administrator, with a login ID; the password is read apart. */
export class DetailsForm {
  @PersonName()
  name = '';

  @NameInKana()
  nameKana = '';

  @Department()
  department = '';

  @PhoneNumber()
  phone = '';

  @MailAddress()
  email = '';

  @NewLoginId()
  loginId = '';
}
