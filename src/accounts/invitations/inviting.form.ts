import {
  Department,
  MailAddress,
  NameInKana,
  PersonName,
  PhoneNumber,
  RoleOfPerson,
} from '../../identity/person-fields.js';

/** Who is invited; login ID and password are chosen by that person. */
export class InvitingForm {
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

  @RoleOfPerson()
  role = '';
}
