import {
  NewLoginId,
  Department,
  MailAddress,
  NameInKana,
  PersonName,
  PhoneNumber,
} from '../../identity/person-fields.js';

/** Who wants to become administrator, and the login ID of their choice; the password is read apart. */
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
