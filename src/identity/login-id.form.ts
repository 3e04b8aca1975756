import { NewLoginId } from './person-fields.js';

/** A login ID that is chosen behind a mailed link; the password is read apart. */
export class LoginIdForm {
  @NewLoginId()
  loginId = '';
}
