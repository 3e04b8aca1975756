import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import {
  companysMail,
  MailLimits,
  type MailLimitReached,
  type MailRefusal,
} from '../../mail/mail-limits.js';
import { companysRunOfMails, MailRuns } from '../../mail/mail-runs.js';
import type { Person } from '../../web/visit.js';
import { Invitation, type Invited } from './invitation.entity.js';
import { IssuedInvitations } from './issued-invitations.js';

export type Sent =
  { ok: true; id: string } | { ok: false; reason: MailRefusal | CaseObstacle | 'invitation-over' };

export type SentToAll =
  | { ok: true }
  | {
      ok: false;
      reason:
        | MailLimitReached
        | CaseObstacle
        | 'invitation-over'
        | 'invitation-in-hand'
        | 'changed-meanwhile';
      /** Whose mailbox has reached its limit. */
      email?: string;
    };

export type TakenRun =
  { ok: true; run: string } | { ok: false; reason: 'invitation-over' | 'invitation-in-hand' };

/** Where people wait to be invited; called in the transaction that invites them. */
interface WaitingRun {
  /** @returns the name of their run, or why it has none: another request has sent it, or sends it now */
  take: () => Promise<TakenRun>;
  /** What was said about them is still so; asked while nobody else of the company invites. */
  isAsShown: () => Promise<boolean>;
  /** They are invited. */
  forget: () => Promise<void>;
}

const OVER = 'invitation-over';

/** Sends invitations, sends them again and cancels them. */
@Injectable()
export class Invitations {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly issued: IssuedInvitations,
    private readonly limits: MailLimits,
    private readonly runs: MailRuns,
    private readonly rules: CaseRules,
    private readonly audit: Audit,
  ) {}

  async send(inviter: SignedIn, invited: Invited): Promise<Sent> {
    const company = companysMail(inviter.corporationId);
    const reason = await this.limits.take('invitation', invited.email, company);
    if (reason) return this.audit.refuse('invitation', reason, inviter);
    const sent = await inTransaction<Sent>(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const obstacle = await this.#obstacle(inviter, invited);
      if (obstacle) return this.audit.refuse('invitation', obstacle, inviter);
      return { ok: true, id: await this.issued.issueOne(inviter, invited, now) };
    });
    if (!sent.ok) await this.limits.giveBack('invitation', invited.email, company);
    return sent;
  }

  /** Sends all of them or none. */
  async sendAll(
    inviter: SignedIn,
    people: readonly Invited[],
    waiting: WaitingRun,
  ): Promise<SentToAll> {
    const emails = people.map(({ email }) => email);
    const company = companysRunOfMails(inviter.corporationId);
    const mails = await this.runs.takeAll('invitation', emails, company);
    if (!mails.ok) {
      await this.audit.refuse('invitation', mails.reason, inviter);
      return mails;
    }
    const sent = await inTransaction<SentToAll>(this.em, async () => {
      const taken = await waiting.take();
      if (!taken.ok) return taken;
      const now = await holdForAdministrator(this.em, inviter);
      if (!(await waiting.isAsShown())) return { ok: false, reason: 'changed-meanwhile' };
      const administrator = people.find(({ role }) => role === 'administrator');
      const obstacle = await this.#obstacle(inviter, administrator ?? { role: 'staff' });
      if (obstacle) return this.audit.refuse('invitation', obstacle, inviter);
      await waiting.forget();
      // The first of their rows in the log tells how many they are.
      const administrators = people.filter(({ role }) => role === 'administrator').length;
      const whole = { count: people.length, administrators };
      const facts = people.map((_, place) => ({ run: taken.run, ...(place === 0 && whole) }));
      await this.issued.issue(inviter, people, now, facts);
      return { ok: true };
    });
    if (!sent.ok) await this.runs.giveBackAll(mails.taken);
    return sent;
  }

  /** Sends it with a new link and a new deadline, in the name of the person who sends it again. */
  async sendAgain(inviter: SignedIn, id: string): Promise<Sent> {
    const { isOver, email } = await this.#find(inviter, id);
    if (isOver) return this.audit.refuse('invitation-again', OVER, inviter);
    const company = companysMail(inviter.corporationId);
    const reason = await this.limits.takeAnother('invitation', email, company);
    if (reason) return this.audit.refuse('invitation-again', reason, inviter);
    const sent = await inTransaction<Sent>(this.em, async () => {
      const now = await holdForAdministrator(this.em, inviter);
      const open = await this.#find(inviter, id);
      const refusal = open.isOver ? OVER : await this.#obstacle(inviter, open);
      if (refusal) return this.audit.refuse('invitation-again', refusal, inviter);
      const { invited } = open;
      return { ok: true, id: await this.issued.issueOne(inviter, invited, now, { again: id }) };
    });
    if (!sent.ok) await this.limits.giveBack('invitation', email, company);
    return sent;
  }

  async cancel(person: SignedIn, id: string): Promise<Settled<'invitation-over'>> {
    return inTransaction<Settled<'invitation-over'>>(this.em, async () => {
      const now = await holdForAdministrator(this.em, person);
      const invitation = await this.#find(person, id, LockMode.PESSIMISTIC_WRITE);
      const facts = { invitation: id };
      if (invitation.isOver)
        return this.audit.refuse('invitation-cancellation', OVER, person, facts);
      invitation.cancel(now);
      await this.links.replace('invitation', id);
      return this.audit.done('invitation-cancellation', person, facts);
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
