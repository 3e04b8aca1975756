import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit, type Settled } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import { MemberMails } from '../../mail/member-mails.js';
import { Members } from './members.js';

export type RestorationRefusal = 'state-changed' | 'too-late' | CaseObstacle;

/** The way back within 30 days: with role and history as they were, and with no session. */
@Injectable()
export class Restoration {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly rules: CaseRules,
    private readonly access: AccountAccess,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  async restore(actor: SignedIn, id: string): Promise<Settled<RestorationRefusal>> {
    return inTransaction<Settled<RestorationRefusal>>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(actor.corporationId, id);
      const now = await databaseNow(this.em);
      const refusal = await this.obstacle(actor, member, now);
      if (!refusal) await this.#restore(member, actor.name, now);
      return this.audit.settle('account-restoration', refusal, actor, { target: id });
    });
  }

  async obstacle(
    { accountId }: SignedIn,
    member: Account,
    now: Date,
  ): Promise<RestorationRefusal | undefined> {
    if (member.state !== 'deleted') return 'state-changed';
    if (!member.isRestorable(now)) return 'too-late';
    return this.rules.obstacle('restoration', accountId, member.id);
  }

  /** An unfinished registration hears nothing: its owner asks for its mail again. */
  async #restore(member: Account, by: string, time: Date): Promise<void> {
    member.restore();
    await this.access.endSessionsOf(member.id);
    if (!member.hasProvedMailbox) return;
    const { loginId, addressee, state } = member;
    await this.mails.restored(addressee, { loginId, time, by }, state === 'suspended');
  }
}
