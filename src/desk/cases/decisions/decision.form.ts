import { MailAddress, NameInKana, PersonName } from '../../../identity/person-fields.js';
import { ReasonForm } from '../../people/operator.form.js';

/** Whom the company is given to. */
export class NamedPersonForm extends ReasonForm {
  @PersonName()
  name = '';

  @NameInKana()
  nameKana = '';

  @MailAddress()
  email = '';
}

/** The second person types the address, so that both mean the same one. */
export class NamedAddressForm extends ReasonForm {
  @MailAddress()
  email = '';
}
