import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { emailKey } from '../../identity/login-id.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';
import {
  companysMail,
  MailLimits,
  type MailLimitReached,
  type MailRefusal,
} from '../../mail/mail-limits.js';
import { companysRunOfMails, MailRuns } from '../../mail/mail-runs.js';
import { MemberMails } from '../../mail/member-mails.js';
import type { Person } from '../../web/visit.js';
import { Invitation, nameKey, type Invited } from './invitation.entity.js';

const VALID = { days: 7 };

type Facts = AuditEntry['facts'];

export type Sent =
  { ok: true; id: string } | { ok: false; reason: MailRefusal | CaseObstacle | 'invitation-over' };

export type SentToAll =
  | { ok: true }
  | {
      ok: false;
      reason: MailLimitReached | CaseObstacle | 'invitation-over';
      /** Whose mailbox has reached its limit. */
      email?: string;
    };

const OVER = { ok: false, reason: 'invitation-over' } as const;

/** Sends invitations, sends them again and cancels them. The newest to a person voids the older one. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: MemberMails,
    private readonly limits: MailLimits,
    private readonly runs: MailRuns,
    private readonly rules: CaseRules,
    private readonly audit: Audit,
  ) {}

  async send(inviter: SignedIn, invited: Invited): Promise<Sent> {
    const company = companysMail(inviter.corporationId);
    const reason = await this.limits.take('invitation', invited.email, company);
    if (reason) return this.audit.refuse('invitation', reason, inviter);
    return inTransaction<Sent>(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const obstacle = await this.#obstacle(inviter, invited);
      if (obstacle) return this.audit.refuse('invitation', obstacle, inviter);
      return { ok: true, id: await this.#issue(inviter, invited, now) };
    });
  }

  /**
   * Sends all of them or none.
   * @param take takes them from where they wait, in the same transaction; returns the name of their
   *   run, or undefined when another request has sent them
   */
  async sendAll(
    inviter: SignedIn,
    people: readonly Invited[],
    take: () => Promise<string | undefined>,
  ): Promise<SentToAll> {
    const emails = people.map(({ email }) => email);
    const company = companysRunOfMails(inviter.corporationId);
    const mails = await this.runs.takeAll('invitation', emails, company);
    if (!mails.ok) {
      await this.audit.refuse('invitation', mails.reason, inviter);
      return mails;
    }
    const sent = await inTransaction<SentToAll>(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const administrator = people.find(({ role }) => role === 'administrator');
      const obstacle = await this.#obstacle(inviter, administrator ?? { role: 'staff' });
      if (obstacle) return this.audit.refuse('invitation', obstacle, inviter);
      const run = await take();
      if (run === undefined) return OVER;
      await this.#issueAll(inviter, people, run, now);
      return { ok: true };
    });
    if (!sent.ok) await this.runs.giveBackAll(mails.taken);
    return sent;
  }

  /** Each has a row of its own in the log; the first one tells how many they are. */
  async #issueAll(inviter: SignedIn, people: readonly Invited[], run: string, now: Date) {
    const administrators = people.filter(({ role }) => role === 'administrator').length;
    const whole = { count: people.length, administrators };
    for (const [place, invited] of people.entries()) {
      await this.#issue(inviter, invited, now, { run, ...(place === 0 && whole) });
      await this.em.flush();
      // A flush looks at everything that is loaded.
      this.em.clear();
    }
  }

  /** Sends it with a new link and a new deadline, in the name of the person who sends it again. */
  async sendAgain(inviter: SignedIn, id: string): Promise<Sent> {
    const { isOver, email } = await this.#find(inviter, id);
    if (isOver) return OVER;
    const company = companysMail(inviter.corporationId);
    const reason = await this.limits.takeAnother('invitation', email, company);
    if (reason) return this.audit.refuse('invitation-again', reason, inviter);
    const sent = await inTransaction(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const open = await this.#find(inviter, id);
      if (open.isOver) return undefined;
      const obstacle = await this.#obstacle(inviter, open);
      if (obstacle) return this.audit.refuse('invitation-again', obstacle, inviter);
      return {
        ok: true as const,
        id: await this.#issue(inviter, open.invited, now, { again: id }),
      };
    });
    if (sent) return sent;
    await this.limits.giveBack('invitation', email, company);
    return OVER;
  }

  async cancel(person: SignedIn, id: string): Promise<Settled<'invitation-over'>> {
    return inTransaction<Settled<'invitation-over'>>(this.em, async () => {
      const now = await holdForAdministrator(this.em, person);
      const invitation = await this.#find(person, id, LockMode.PESSIMISTIC_WRITE);
      if (invitation.isOver) return OVER;
      invitation.cancel(now);
      await this.links.replace('invitation', id);
      return this.audit.done('invitation-cancellation', person, { invitation: id });
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

  /** Gives somebody a live link, and logs it by the act that other administrators are told of. */
  async #issue(inviter: SignedIn, invited: Invited, now: Date, facts: Facts = {}): Promise<string> {
    const { corporationId, corporationName, accountId } = inviter;
    const { name, email } = invited;
    await this.#replaceOlder(corporationId, invited, now);
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
    const to = { corporationId, corporationName, name, email, language: inviter.visit.language };
    const delivery = await this.mails.invitation(to, inviter.name, link);
    invitation.delivery = this.em.getReference(MailDelivery, delivery);
    await this.audit.done('invitation', inviter, { invitation: invitation.id, ...facts });
    return invitation.id;
  }

  /** Several people may share a mailbox, so only the one to the same name is the same person's. */
  async #replaceOlder(
    corporation: string,
    { email, name }: Pick<Invited, 'email' | 'name'>,
    now: Date,
  ): Promise<void> {
    const open = { usedAt: null, replacedAt: null, cancelledAt: null };
    const toMailbox = { corporation, emailKey: emailKey(email), ...open };
    for (const invitation of await this.em.find(Invitation, toMailbox)) {
      if (nameKey(invitation.name) !== nameKey(name)) continue;
      invitation.replace(now);
      await this.links.replace('invitation', invitation.id);
    }
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
}
