import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../admin-enrollment/probation.js';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { hashOf } from '../../auth/secrets.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { loginIdKey } from '../../identity/login-id.js';
import { Limits } from '../../limits/limits.js';
import type { Visit } from '../../web/visit.js';

const TRIES = 20;

const REFUSALS = {
  used: 'link-used',
  replaced: 'link-replaced',
  cancelled: 'invitation-cancelled',
  expired: 'link-expired',
  void: 'invitation-void',
} as const;

export type InvitationRefusal = (typeof REFUSALS)[keyof typeof REFUSALS] | 'link-unknown';

/** An invitation that works, as its page shows it. */
export interface Invitation {
  id: string;
  corporationId: string;
  corporationName: string;
  inviterId: string;
  inviter: string;
  name: string;
  nameKana: string;
  email: string;
  phone: string;
}

export type Looked =
  { ok: true; invitation: Invitation } | { ok: false; reason: InvitationRefusal };

export type Accepted = { ok: true } | { ok: false; reason: InvitationRefusal | 'login-id-taken' };

/** What the invited person chose. */
export interface Chosen {
  loginId: string;
  passwordHash: string;
}

/** What the invited person does: the mailbox is proved, so the account works at once. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly probation: Probation,
    private readonly audit: Audit,
  ) {}

  /** Looks without changing anything: what a GET of the link may do. */
  async look(token: string | undefined): Promise<Looked> {
    const row = await sqlOne<Invitation & { state: keyof typeof REFUSALS | 'live' }>(
      this.em,
      `select i.id, i.corporation_id as "corporationId", c.name as "corporationName",
              i.invited_by as "inviterId", a.name as inviter, i.name, i.name_kana as "nameKana", i.email, i.phone,
              invitation_state(i) as state
       from invitations i
       join corporations c on c.id = i.corporation_id
       left join accounts a on a.id = i.invited_by
       where i.token_hash = $1`,
      [hashOf(token ?? '')],
    );
    if (!row) return { ok: false, reason: 'link-unknown' };
    const { state, ...invitation } = row;
    return state === 'live' ? { ok: true, invitation } : { ok: false, reason: REFUSALS[state] };
  }

  /**
   * Counts a login ID that is tried: whoever was invited is told whether it is taken, but cannot
   * ask for whole lists of them.
   * @returns seconds until another one may be tried; undefined when this one may
   */
  async tooManyTries(invitation: Invitation, visit: Visit): Promise<number | undefined> {
    const key = `invitation:login-id:${invitation.id}`;
    const taken = await this.limits.take({ key, maximum: TRIES, seconds: HOUR_SECONDS });
    if (taken.ok) return undefined;
    await this.#log('login-id-exhausted', invitation, visit);
    return taken.retryAfter;
  }

  /** Makes the account and uses the invitation up; of parallel callers one succeeds. */
  async accept(
    token: string,
    invitation: Invitation,
    chosen: Chosen,
    visit: Visit,
  ): Promise<Accepted> {
    return inTransaction<Accepted>(this.em, async () => {
      await holdCorporation(this.em, invitation.corporationId);
      const accountId = await this.#createAccount(token, chosen, visit);
      if (accountId !== undefined) {
        await this.probation.noteGrant(invitation.inviterId, accountId);
        await this.#log('done', invitation, visit, accountId);
        return { ok: true };
      }
      const looked = await this.look(token);
      const reason = looked.ok ? 'login-id-taken' : looked.reason;
      await this.#log(reason, invitation, visit);
      return { ok: false, reason };
    });
  }

  /** One statement: the invitation is used up exactly when the account could be made of it. */
  async #createAccount(
    token: string,
    { loginId, passwordHash }: Chosen,
    { language }: Visit,
  ): Promise<string | undefined> {
    const accepted = await sqlOne<{ account_id: string }>(
      this.em,
      `with invitation as (
         select i.* from invitations i where token_hash = $1 and invitation_state(i) = 'live' for update),
       account as (
         insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana, department,
                               phone, email, email_key, password_hash, language, activated_at)
         select corporation_id, role, 'active', $2, $3, name, name_kana, department,
                phone, email, email_key, $4, $5, genkan_now() from invitation
         on conflict (login_id_key) do nothing returning id)
       update invitations i set used_at = genkan_now(), account_id = account.id, name = '', name_kana = '',
                                department = '', phone = '', email = '', email_key = ''
       from account, invitation where i.id = invitation.id
       returning i.account_id`,
      [hashOf(token), loginId, loginIdKey(loginId), passwordHash, language],
    );
    return accepted?.account_id;
  }

  async #log(
    reason: Reason,
    { id, corporationId }: Invitation,
    visit: Visit,
    accountId?: string,
  ): Promise<void> {
    const facts = { invitation: id };
    const act = 'invitation-acceptance';
    await this.audit.record({ act, reason, accountId, corporationId, facts, visit });
  }
}
