import { MailAddress } from '../person-fields.js';

/** The new mail address of a person. */
export class EmailForm {
  @MailAddress()
  email = '';
}
