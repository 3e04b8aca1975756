import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { hashOf, newSecret } from '../../auth/secrets.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { emailKey } from '../../identity/login-id.js';
import type { Role } from '../../identity/role.js';
import { InvitationMails } from '../../mail/invitation-mails.js';
import { MailLimits, type MailRefusal } from '../../mail/mail-limits.js';
import type { Person, Visit } from '../../web/visit.js';

export const INVITATION_DAYS = 7;

/** What an administrator knows of the person; mail goes to `email`. */
export interface Invited {
  name: string;
  nameKana: string;
  department: string;
  phone: string;
  email: string;
  role: Role;
}

export type Sent = { ok: true; id: string } | { ok: false; reason: MailRefusal | 'over' };

/** Sending invitations, once more, and taking them back. The newest to a mailbox voids the older one. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: InvitationMails,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {}

  /** @returns the id of the invitation; `mail-limit` or `company-limit` when no mail may be sent */
  async send(inviter: Person, invited: Invited, visit: Visit): Promise<Sent> {
    const reason = await this.limits.takeForCompany(invited.email, inviter.corporationId);
    if (reason) return this.#refuse(inviter, 'invitation', reason, visit);
    return inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, inviter);
      const id = await this.#issue(inviter, invited, visit);
      await this.#log(inviter, 'invitation', id, visit);
      return { ok: true, id };
    });
  }

  /** The same invitation with a new link and a new deadline, in the name of whoever sends it again. */
  async sendAgain(inviter: Person, id: string, visit: Visit): Promise<Sent | undefined> {
    const before = await this.#find(inviter, id);
    if (!before) return undefined;
    if (before.isOver) return { ok: false, reason: 'over' };
    const { corporationId } = inviter;
    const reason = await this.limits.takeForCompany(before.email, corporationId, { again: true });
    if (reason) return this.#refuse(inviter, 'invitation-again', reason, visit);
    const sent = await inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, inviter);
      const open = await this.#find(inviter, id);
      if (!open || open.isOver) return undefined;
      const newer = await this.#issue(inviter, open, visit);
      await this.#log(inviter, 'invitation-again', newer, visit);
      return newer;
    });
    if (sent) return { ok: true, id: sent };
    await this.limits.giveBack(before.email);
    return { ok: false, reason: 'over' };
  }

  /** @returns whether it was still open; undefined when the company has no such invitation */
  async cancel(person: Person, id: string, visit: Visit): Promise<boolean | undefined> {
    if (!(await this.#find(person, id))) return undefined;
    return inTransaction(this.em, async () => {
      const cancelled = await sqlOne(
        this.em,
        `update invitations set cancelled_at = genkan_now()
         where id = $1 and corporation_id = $2
           and used_at is null and replaced_at is null and cancelled_at is null
         returning id`,
        [id, person.corporationId],
      );
      if (cancelled) await this.#log(person, 'invitation-cancellation', id, visit);
      return cancelled !== undefined;
    });
  }

  async #issue(inviter: Person, invited: Invited, visit: Visit): Promise<string> {
    const { corporationId, corporationName, accountId } = inviter;
    const { name, nameKana, department, phone, email, role } = invited;
    const token = newSecret();
    await sql(
      this.em,
      `update invitations set replaced_at = genkan_now()
       where corporation_id = $1 and email_key = $2
         and used_at is null and replaced_at is null and cancelled_at is null`,
      [corporationId, emailKey(email)],
    );
    const issued = await sqlOne<{ id: string; ends_at: Date }>(
      this.em,
      `insert into invitations (corporation_id, invited_by, role, name, name_kana, department, phone,
                                email, email_key, token_hash, ends_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, genkan_now() + make_interval(days => $11))
       returning id, ends_at`,
      [
        corporationId,
        accountId,
        role,
        name,
        nameKana,
        department,
        phone,
        email,
        emailKey(email),
        hashOf(token),
        INVITATION_DAYS,
      ],
    );
    const { id, ends_at: endsAt } = issued!;
    const to = { corporationId, corporationName, name, email, language: visit.language };
    const delivery = await this.mails.invitation(to, { inviter: inviter.name, token, endsAt });
    await sql(this.em, 'update invitations set delivery_id = $2 where id = $1', [id, delivery]);
    return id;
  }

  #find(person: Person, id: string): Promise<(Invited & { isOver: boolean }) | undefined> {
    return sqlOne(
      this.em,
      `select name, name_kana as "nameKana", department, phone, email, role,
              invitation_state(i) in ('used', 'cancelled', 'replaced') as "isOver"
       from invitations i where id = $1 and corporation_id = $2`,
      [id, person.corporationId],
    );
  }

  async #refuse(
    { accountId, corporationId }: Person,
    act: 'invitation' | 'invitation-again',
    reason: MailRefusal,
    visit: Visit,
  ): Promise<Sent> {
    await this.audit.record({ act, reason, accountId, corporationId, visit });
    return { ok: false, reason };
  }

  async #log(
    { accountId, corporationId }: Person,
    act: 'invitation' | 'invitation-again' | 'invitation-cancellation',
    invitation: string,
    visit: Visit,
  ): Promise<void> {
    const facts = { invitation };
    await this.audit.record({ act, reason: 'done', accountId, corporationId, facts, visit });
  }
}
