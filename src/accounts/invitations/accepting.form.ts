import { NewLoginId } from '../../identity/person-fields.js';

/** What the invited person chooses; the password is read apart. */
export class AcceptingForm {
  @NewLoginId()
  loginId = '';
}
