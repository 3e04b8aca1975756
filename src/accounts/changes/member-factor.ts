import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import { FactorChanges } from '../../auth/second-factor/factor-changes.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import { administratorsOf } from '../../identity/administrators.js';
import { securityReaders } from '../../identity/security-readers.js';
import { LostFactorMails } from '../../mail/lost-factor-mails.js';
import { Members } from '../members/members.js';

export type TakeOffRefusal =
  'own-account' | 'second-factor-needed' | 'state-changed' | CaseObstacle;

/**
 * 2段階認証の解除 of somebody who lost it: by an administrator who gave the own factor just now, at once.
 * The person and the other administrators are told.
 */
@Injectable()
export class MemberFactor {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly rules: CaseRules,
    private readonly changes: FactorChanges,
    private readonly duties: FactorDuties,
    private readonly mails: LostFactorMails,
    private readonly audit: Audit,
  ) {}

  async takeOff(actor: SignedIn, id: string): Promise<Settled<TakeOffRefusal>> {
    return inTransaction<Settled<TakeOffRefusal>>(this.em, async () => {
      const now = await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(actor.corporationId, id);
      const refusal = await this.obstacle(actor, member);
      if (!refusal) {
        await this.changes.takeOff(member);
        await this.#tell(actor, member, now);
      }
      return this.audit.settle('second-factor-removal', refusal, actor, { target: id });
    });
  }

  /** Needs a factor of one's own: otherwise one stolen password would be enough for everybody's. */
  async obstacle(actor: SignedIn, member: Account): Promise<TakeOffRefusal | undefined> {
    if (member.id === actor.accountId) return 'own-account';
    if (!actor.hasFactor) return 'second-factor-needed';
    if (!member.secondFactorSince || !member.hasProvedMailbox) return 'state-changed';
    return this.rules.obstacle('factor-removal', actor.accountId, member.id);
  }

  async #tell({ name: by, accountId, corporationId }: SignedIn, member: Account, time: Date) {
    const dueAt = (await this.duties.dueAt(member.id)) ?? null;
    const deed = { person: member.name, by, time, dueAt };
    for (const to of await securityReaders(this.em, member))
      await this.mails.factorTakenOff(to, deed, true);
    const others = await administratorsOf(this.em, corporationId);
    for (const to of others)
      if (to.accountId !== accountId && to.accountId !== member.id)
        await this.mails.factorTakenOff(to, deed, false);
  }
}
