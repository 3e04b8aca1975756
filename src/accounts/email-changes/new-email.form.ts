import { MailAddress } from '../../identity/person-fields.js';

export class NewEmailForm {
  @MailAddress()
  email = '';
}
