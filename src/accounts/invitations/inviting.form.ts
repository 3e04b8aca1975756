import { MailAddress, RoleOfPerson } from '../../identity/person-fields.js';
import { PersonForm } from '../../identity/person.form.js';

export class InvitingForm extends PersonForm {
  @MailAddress()
  email = '';

  @RoleOfPerson()
  role = '';
}
