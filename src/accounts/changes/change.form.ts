import {
  Department,
  NameInKana,
  PersonName,
  PhoneNumber,
  RoleOfPerson,
} from '../../identity/person-fields.js';

/** The details that an administrator changes; `version` says which ones the form was filled from. */
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
