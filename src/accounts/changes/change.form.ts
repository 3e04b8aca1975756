import {
  Department,
  NameInKana,
  PersonName,
  PhoneNumber,
  RoleOfPerson,
} from '../../identity/person-fields.js';

/** What an administrator changes of a person; `version` says which state the form was filled from. */
export class ChangeForm {
  @PersonName()
  name = '';

  @NameInKana()
  nameKana = '';

  @Department()
  department = '';

  @PhoneNumber()
  phone = '';

  @RoleOfPerson()
  role = '';

  version = '';
}
