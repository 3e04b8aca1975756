import { Department, NameInKana, PersonName, PhoneNumber } from '../../identity/person-fields.js';

/** People change these details about themselves at once. */
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
