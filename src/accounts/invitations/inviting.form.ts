import {
  Department,
  MailAddress,
  NameInKana,
  PersonName,
  PhoneNumber,
  RoleOfPerson,
} from '../../identity/person-fields.js';

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
