import { Department, NameInKana, PersonName, PhoneNumber } from '../../identity/person-fields.js';

/** What people may change about themselves at once. */
export class ProfileForm {
  @PersonName()
  name = '';

  @NameInKana()
  nameKana = '';

  @Department()
  department = '';

  @PhoneNumber()
  phone = '';
}
