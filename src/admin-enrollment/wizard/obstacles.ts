import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { RegistrationRefusal } from '../registration.js';

/** Why the company takes no registration now, and which way leads on; it names nobody. */
export function obstaclePage(obstacle: Exclude<RegistrationRefusal, 'login-id-taken'>): Answer {
  const status = 409;
  return obstacle === 'administrators-exist'
    ? page(
        'admin-enrollment/administrators-exist',
        say('すでに管理者が登録されています'),
        {},
        { status },
      )
    : page(
        'admin-enrollment/registration-running',
        say('登録の手続きが進んでいます'),
        {},
        { status },
      );
}
