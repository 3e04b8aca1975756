import { NewLoginId } from '../../identity/person-fields.js';

/** The invited person's choice; the password is read apart. */
export class AcceptingForm {
  @NewLoginId()
  loginId = '';
}
