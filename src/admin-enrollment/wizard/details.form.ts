import { MailAddress, NewLoginId } from '../../identity/person-fields.js';
import { PersonForm } from '../../identity/person.form.js';

/** A person who wants to become administrator, with a login ID; the password is read apart. */
export class DetailsForm extends PersonForm {
  @MailAddress()
  email = '';

  @NewLoginId()
  loginId = '';
}
