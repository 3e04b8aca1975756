import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { inTransaction } from '../database/transaction.js';
import type { Visit } from '../web/visit.js';
import { Credentials } from './credentials.js';
import { passwordText } from './passwords.js';
import { Sessions, type SignedIn } from './sessions.js';

export type PasswordConfirmed =
  | { ok: true }
  | { ok: false; reason: 'password-wrong' }
  /** The session ended during the check. */
  | { ok: false; reason: 'changed-meanwhile' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number };

/** Somebody who is signed in gives the password once more, before something that matters. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /** Checks it with the counters of the sign-in; when it is right, it is fresh for five minutes. */
  async confirm(person: SignedIn, password: string, visit: Visit): Promise<PasswordConfirmed> {
    const act = 'password-confirmation';
    const typed = passwordText(password);
    const checked = await this.credentials.check(person.loginId, typed, visit, act);
    if (!checked.ok && 'retryAfter' in checked) return checked;
    if (!checked.ok || checked.accountId !== person.accountId)
      return { ok: false, reason: 'password-wrong' };
    const { accountId, corporationId } = person;
    return inTransaction<PasswordConfirmed>(this.em, async () => {
      if (!(await this.sessions.confirm(visit))) return { ok: false, reason: 'changed-meanwhile' };
      await this.audit.record({ act, reason: 'done', accountId, corporationId, visit });
      return { ok: true };
    });
  }
}
