import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { emailKey } from '../../identity/login-id.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { MailLimits, type MailRefusal } from '../../mail/mail-limits.js';
import { MemberMails } from '../../mail/member-mails.js';
import type { Person, Visit } from '../../web/visit.js';
import { Invitation, type Invited } from './invitation.entity.js';

const VALID = { days: 7 };

type Act = 'invitation' | 'invitation-again' | 'invitation-cancellation';

export type Sent =
  { ok: true; id: string } | { ok: false; reason: MailRefusal | CaseObstacle | 'invitation-over' };
export type Cancelled = { ok: true } | { ok: false; reason: 'invitation-over' };

const OVER = { ok: false, reason: 'invitation-over' } as const;

/** Sends invitations, sends them again and cancels them. The newest to a mailbox voids the older one. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: MemberMails,
    private readonly limits: MailLimits,
    private readonly rules: CaseRules,
    private readonly audit: Audit,
  ) {}

  async send(inviter: Person, invited: Invited, visit: Visit): Promise<Sent> {
    const reason = await this.limits.takeForCompany(invited.email, inviter.corporationId);
    if (reason) return this.#refuse(inviter, 'invitation', reason, visit);
    return inTransaction(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const obstacle = await this.#obstacle(inviter, invited);
      if (obstacle) return this.#refuse(inviter, 'invitation', obstacle, visit);
      const id = await this.#issue(inviter, invited, now, visit);
      await this.#log(inviter, 'invitation', id, visit);
      return { ok: true, id };
    });
  }

  /** Sends it with a new link and a new deadline, in the name of the person who sends it again. */
  async sendAgain(inviter: Person, id: string, visit: Visit): Promise<Sent> {
    const { isOver, email } = await this.#find(inviter, id);
    if (isOver) return OVER;
    const { corporationId } = inviter;
    const reason = await this.limits.takeForCompany(email, corporationId, { again: true });
    if (reason) return this.#refuse(inviter, 'invitation-again', reason, visit);
    const sent = await inTransaction(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const open = await this.#find(inviter, id);
      if (open.isOver) return undefined;
      const obstacle = await this.#obstacle(inviter, open);
      if (obstacle) return this.#refuse(inviter, 'invitation-again', obstacle, visit);
      const newer = await this.#issue(inviter, open.invited, now, visit);
      await this.#log(inviter, 'invitation-again', newer, visit);
      return { ok: true as const, id: newer };
    });
    if (sent) return sent;
    await this.limits.giveBack(email);
    return OVER;
  }

  async cancel(person: Person, id: string, visit: Visit): Promise<Cancelled> {
    return inTransaction<Cancelled>(this.em, async () => {
      const now = await holdForAdministrator(this.em, person);
      const invitation = await this.#find(person, id, LockMode.PESSIMISTIC_WRITE);
      if (invitation.isOver) return OVER;
      invitation.cancel(now);
      await this.links.replace('invitation', id);
      await this.#log(person, 'invitation-cancellation', id, visit);
      return { ok: true };
    });
  }

  /** While a case is at the desk, nobody is invited as administrator. */
  async #obstacle(
    { accountId }: Person,
    { role }: Pick<Invited, 'role'>,
  ): Promise<CaseObstacle | undefined> {
    if (role === 'staff') return undefined;
    return this.rules.obstacle('invitation-as-administrator', accountId);
  }

  async #issue(inviter: Person, invited: Invited, now: Date, visit: Visit): Promise<string> {
    const { corporationId, corporationName, accountId } = inviter;
    const { name, email } = invited;
    await this.#replaceOlder(corporationId, email, now);
    const invitation = this.em.create(Invitation, {
      ...invited,
      corporation: corporationId,
      invitedBy: accountId,
      emailKey: emailKey(email),
      createdAt: now,
      endsAt: now,
    });
    await this.em.flush();
    const link = await this.links.issue('invitation', invitation.id, VALID);
    invitation.endsAt = link.endsAt;
    const to = { corporationId, corporationName, name, email, language: visit.language };
    const delivery = await this.mails.invitation(to, inviter.name, link);
    invitation.delivery = this.em.getReference(MailDelivery, delivery);
    return invitation.id;
  }

  async #replaceOlder(corporation: string, email: string, now: Date): Promise<void> {
    const open = { usedAt: null, replacedAt: null, cancelledAt: null };
    const older = await this.em.find(Invitation, {
      corporation,
      emailKey: emailKey(email),
      ...open,
    });
    for (const invitation of older) {
      invitation.replace(now);
      await this.links.replace('invitation', invitation.id);
    }
    // A flush inserts before it updates, and a mailbox has one open invitation only.
    await this.em.flush();
  }

  async #find(
    { corporationId: corporation }: Person,
    id: string,
    lockMode: LockMode = LockMode.NONE,
  ): Promise<Invitation> {
    const found = await this.em.findOne(Invitation, { id, corporation }, { lockMode });
    if (!found) throw new NotFoundException();
    return found;
  }

  async #refuse(
    person: Person,
    act: Act,
    reason: MailRefusal | CaseObstacle,
    visit: Visit,
  ): Promise<Sent & { ok: false }> {
    const { accountId, corporationId } = person;
    await this.audit.record({ act, reason, accountId, corporationId, visit });
    return { ok: false, reason };
  }

  async #log(person: Person, act: Act, invitation: string, visit: Visit): Promise<void> {
    const { accountId, corporationId } = person;
    const facts = { invitation };
    await this.audit.record({ act, reason: 'done', accountId, corporationId, facts, visit });
  }
}
