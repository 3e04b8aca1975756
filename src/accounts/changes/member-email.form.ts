import { MailAddress } from '../../identity/person-fields.js';

/** The new mail address of a person. */
export class MemberEmailForm {
  @MailAddress()
  email = '';
}
