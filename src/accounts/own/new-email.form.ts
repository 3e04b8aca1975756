import { MailAddress } from '../person-fields.js';

export class NewEmailForm {
  @MailAddress()
  email = '';
}
