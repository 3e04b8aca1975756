import { EntityManager } from '@mikro-orm/postgresql';
import { ForbiddenException, Injectable } from '@nestjs/common';
import { Password } from '../../auth/passwords/typed-password.js';
import { Credentials } from '../../auth/sign-in/credentials.js';
import { SignIn } from '../../auth/sign-in/sign-in.js';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import type { Account } from '../../identity/account.entity.js';
import { because } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';
import { IpTrials } from './ip-trials.js';

/** 試行を今すぐ終了する on the page that refuses a sign-in. */
export class EndingForm {
  version = '';

  @Password(because('現在のパスワードを入力してください。'))
  currentPassword = '';
}

export type EndedFromOutside =
  | { ok: true; isSignedIn: boolean }
  | { ok: false; reason: 'password-wrong' | 'trial-over' | 'address-refused' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number };

/**
 * Ends a trial for an administrator whom it keeps out and who has no session; the password is asked
 * for, as for everything that matters.
 */
@Injectable()
export class EndingFromOutside {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly trials: IpTrials,
    private readonly signIn: SignIn,
  ) {}

  /** @throws ForbiddenException for newcomers on probation, to whom the restriction is closed */
  async end(person: Account, form: EndingForm, visit: Visit): Promise<EndedFromOutside> {
    const { id, role, loginId, addressee } = person;
    if (!(await approvedAdministrators(this.em, addressee.corporationId)).includes(id))
      throw new ForbiddenException('Newcomers do not change the restriction');
    const act = 'password-confirmation';
    const checked = await this.credentials.check(loginId, form.currentPassword, visit, act);
    if (!checked.ok && 'retryAfter' in checked)
      return { ok: false, reason: 'address-exhausted', retryAfter: checked.retryAfter };
    if (!checked.ok || checked.accountId !== id) return { ok: false, reason: 'password-wrong' };
    const outside = { isAdmitted: false, isEmergency: false };
    const stopped = await this.trials.stop({ ...addressee, ...outside, role, visit }, form.version);
    if (!stopped.ok) return stopped;
    return { ok: true, isSignedIn: (await this.signIn.open(checked, visit)) === 'open' };
  }
}
