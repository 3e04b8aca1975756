import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Witnesses } from '../../admin-enrollment/witnesses.js';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { MailboxRecoveries } from '../../auth/mailed-links/mailbox-recoveries.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { MemberMails } from '../../mail/member-mails.js';
import { actorOf } from './member-facts.js';
import { Members } from './members.js';

export type DeletionRefusal = 'last-administrator' | CaseObstacle;

/** 不要アカウントの削除: of one person or several, all of them or none. */
@Injectable()
export class Deletion {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly access: AccountAccess,
    private readonly links: MailedLinks,
    private readonly recoveries: MailboxRecoveries,
    private readonly rules: CaseRules,
    private readonly witnesses: Witnesses,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** Already deleted people are skipped, and hear nothing twice. */
  async delete(actor: SignedIn, ids: readonly string[]): Promise<Settled<DeletionRefusal>> {
    return inTransaction<Settled<DeletionRefusal>>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const chosen = await this.members.holdAll(actor.corporationId, ids);
      const people = chosen.filter(({ state }) => state !== 'deleted');
      const reason = await this.obstacle(actor, people);
      if (reason) {
        const facts: AuditEntry['facts'] = people.length === 1 ? { target: people[0]!.id } : {};
        return this.audit.refuse('account-deletion', reason, actor, facts);
      }
      const now = await databaseNow(this.em);
      const by = await this.em.findOneOrFail(Account, actor.accountId);
      for (const person of people) {
        await this.#delete(person, by, now);
        await this.audit.done('account-deletion', actor, { target: person.id });
      }
      return { ok: true };
    });
  }

  async obstacle(
    { accountId, corporationId }: SignedIn,
    people: readonly Account[],
  ): Promise<DeletionRefusal | undefined> {
    for (const { id } of people) {
      const obstacle = await this.rules.obstacle('deletion', accountId, id);
      if (obstacle) return obstacle;
    }
    const isFine = await this.members.isDispensable(corporationId, people);
    return isFine ? undefined : 'last-administrator';
  }

  /** An unfinished registration hears nothing: nobody proved to read its mailbox. */
  async #delete(person: Account, by: Account, now: Date): Promise<void> {
    const { loginId, hasProvedMailbox } = person;
    const isOwn = person === by;
    const objection = isOwn ? undefined : await this.witnesses.linkFor(by.id, person.id);
    person.delete(now, by.id);
    // An objection brings back everything that a newcomer took from others, so it stays until then.
    if (isOwn || !by.isNewcomer(now)) await this.endAccess(person);
    if (!hasProvedMailbox) return;
    const deed = { loginId, time: now, ...actorOf(isOwn ? null : by, now), objection };
    await this.mails.deleted(person.addressee, deed, person.restorableUntil!);
  }

  /**
   * Ends sessions, known browsers and unfinished sign-ins and voids mailed links, in the caller's
   * transaction. A recovery under way belongs to the mailbox: it goes on while another ID of the mailbox can be recovered.
   */
  async endAccess({ id, email, emailKey }: Account): Promise<void> {
    await this.access.endSessionsOf(id);
    await this.links.replace('activation', id);
    await this.links.replace('sign-in-report', id);
    await this.links.replace('second-factor-report', id);
    const proved = { state: { $in: ['active', 'suspended'] as const } };
    const others = await this.em.count(Account, { emailKey, id: { $ne: id }, ...proved });
    if (others === 0) await this.recoveries.end(email);
  }
}
