import { Department, NameInKana, PersonName, PhoneNumber } from '../../identity/person-fields.js';

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
