import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules } from '../../admin-enrollment/case-rules.js';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { inTurnOfCompany } from '../../corporations/company-row.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { insertAccount } from '../../identity/login-ids.js';
import { SuppressedMailboxes } from '../../mail/suppressed-mailboxes.js';
import { Limits } from '../../limits/limits.js';
import { addressedSource, fromSource } from '../../limits/source.js';
import type { Visit } from '../../web/visit.js';
import { NewAdministrators } from '../administrators/new-administrators.js';
import { Invitation, type InvitationRefusal } from './invitation.entity.js';

const TRIES = 20;
const ACT = 'invitation-acceptance';

export type OpenedInvitation =
  | { ok: true; link: MailedLink; invitation: Invitation }
  | { ok: false; reason: InvitationRefusal; invitationId?: string };

type Refusal = InvitationRefusal | 'login-id-taken' | 'case-at-desk';

export type Accepted = { ok: true } | { ok: false; reason: Refusal };

export interface Chosen {
  loginId: string;
  passwordHash: string;
}

/** An invited person makes an account: the link proved the mailbox, so it works at once. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly limits: Limits,
    private readonly rules: CaseRules,
    private readonly suppressed: SuppressedMailboxes,
    private readonly newAdministrators: NewAdministrators,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  async look(token: string | undefined): Promise<OpenedInvitation> {
    const { link } = await this.links.look('invitation', token);
    if (!link) return { ok: false, reason: 'link-unknown' };
    const invitation = await this.em.findOneOrFail(
      Invitation,
      { id: link.subject },
      { populate: ['corporation', 'invitedBy'], refresh: true },
    );
    const reason = invitation.refusal;
    if (reason) return { ok: false, reason, invitationId: invitation.id };
    return { ok: true, link, invitation };
  }

  /**
   * Counts a login ID that is tried: the page tells that one is taken, but does not answer whole
   * lists of them.
   * @returns seconds until another one may be tried; undefined when this one may
   */
  async tooManyTries({ id }: Invitation): Promise<number | undefined> {
    const key = `invitation:login-id:${id}`;
    const taken = await this.limits.take({ key, maximum: TRIES, seconds: HOUR_SECONDS });
    if (taken.ok) return undefined;
    this.counts.add(ACT, 'login-id-exhausted');
    return taken.retryAfter;
  }

  /** Makes the account and uses the invitation up; of parallel callers one succeeds. */
  async accept(
    { link, invitation: { id, corporation, email } }: OpenedInvitation & { ok: true },
    chosen: Chosen,
    visit: Visit,
  ): Promise<Accepted> {
    const source = addressedSource(email, visit);
    const accept = () => this.#accept({ link, id, corporation }, chosen, visit);
    return fromSource(source, () => inTurnOfCompany(this.em, corporation.id, accept));
  }

  async #accept(
    { link, id, corporation }: Pick<Invitation, 'id' | 'corporation'> & { link: MailedLink },
    chosen: Chosen,
    visit: Visit,
  ): Promise<Accepted> {
    return inTransaction<Accepted>(this.em, async () => {
      const now = await holdCorporation(this.em, corporation.id);
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const invitation = await this.em.findOneOrFail(Invitation, { id }, { lockMode });
      const of = { corporationId: corporation.id, visit };
      const facts = { invitation: id };
      const refusal = invitation.refusal ?? (await this.#obstacle(invitation));
      if (refusal) return this.audit.refuse(ACT, refusal, of, facts);
      const accountId = await this.#createAccount(invitation, chosen, now, visit);
      if (!accountId) return this.audit.refuse(ACT, 'login-id-taken', of, facts);
      await this.links.use(link);
      await this.suppressed.prove(invitation.email);
      await this.#tellOfAdministrator(invitation, accountId, now);
      invitation.accept(this.em.getReference(Account, accountId), now);
      return this.audit.done(ACT, { ...of, accountId }, facts);
    });
  }

  async #tellOfAdministrator(
    { role, invitedBy }: Invitation,
    accountId: string,
    time: Date,
  ): Promise<void> {
    if (role === 'staff' || !invitedBy) return;
    const by = await this.em.findOneOrFail(Account, invitedBy.id);
    await this.newAdministrators.tell(accountId, { by, isInvited: true, time });
  }

  /** While a case is at the desk, nobody becomes administrator; the link works again afterwards. */
  async #obstacle({ role, invitedBy }: Invitation): Promise<'case-at-desk' | undefined> {
    if (role === 'staff' || !invitedBy) return undefined;
    const obstacle = await this.rules.obstacle('invitation-as-administrator', invitedBy.id);
    return obstacle && 'case-at-desk';
  }

  #createAccount(
    { corporation, role, name, nameKana, department, phone, email }: Invitation,
    { loginId, passwordHash }: Chosen,
    now: Date,
    { language }: Visit,
  ): Promise<string | undefined> {
    return insertAccount(this.em, {
      corporation_id: corporation.id,
      role,
      state: 'active',
      login_id: loginId,
      name,
      name_kana: nameKana,
      department,
      phone,
      email,
      password_hash: passwordHash,
      language,
      activated_at: now,
    });
  }
}
