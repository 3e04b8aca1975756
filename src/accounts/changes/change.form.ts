import { RoleOfPerson } from '../../identity/person-fields.js';
import { PersonForm } from '../../identity/person.form.js';

/** The details that an administrator changes; `version` says which ones the form was filled from. */
export class ChangeForm extends PersonForm {
  @RoleOfPerson()
  role = '';

  version = '';
}
