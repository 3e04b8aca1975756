import type { Language } from '../web/texts.js';
import type { Visit } from '../web/visit.js';

/** Who wants to become administrator: the password only as its hash. */
export interface Applicant {
  name: string;
  nameKana: string;
  department: string;
  phone: string;
  email: string;
  loginId: string;
  passwordHash: string;
}

/** What is known of the request that applies; without a request when an operator grants it. */
export type Cause = Pick<Visit, 'address'> & { requestId?: string; language: Language };
