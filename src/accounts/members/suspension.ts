import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Witnesses } from '../../admin-enrollment/witnesses.js';
import { Audit, type Settled } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { MemberMails } from '../../mail/member-mails.js';
import { actorOf } from './member-facts.js';
import { Members } from './members.js';

type SuspensionAct = 'suspend' | 'release';

export type SuspensionRefusal =
  | 'own-account'
  | 'last-administrator'
  | 'state-changed'
  | 'desk-decides'
  | 'frozen-by-desk'
  | CaseObstacle;

const ACTS = { suspend: 'account-suspension', release: 'account-release' } as const;
const CASE_ACTS = { suspend: 'suspension', release: 'release' } as const;

/** 利用停止 and 利用再開 of one person; either way the log knows how it went. */
@Injectable()
export class Suspension {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly access: AccountAccess,
    private readonly rules: CaseRules,
    private readonly witnesses: Witnesses,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  async change(
    act: SuspensionAct,
    actor: SignedIn,
    id: string,
  ): Promise<Settled<SuspensionRefusal>> {
    return inTransaction<Settled<SuspensionRefusal>>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(actor.corporationId, id);
      const refusal = await this.obstacle(act, actor, member);
      if (!refusal) await this.#do(act, actor, member);
      return this.audit.settle(ACTS[act], refusal, actor, { target: id });
    });
  }

  async obstacle(
    act: SuspensionAct,
    actor: SignedIn,
    member: Account,
  ): Promise<SuspensionRefusal | undefined> {
    if (member.id === actor.accountId) return 'own-account';
    if (act === 'release' && member.isStoppedByCase) return 'desk-decides';
    if (act === 'release' && member.frozenByDesk) return 'frozen-by-desk';
    const obstacle = await this.rules.obstacle(CASE_ACTS[act], actor.accountId, member.id);
    // Somebody who has not come yet is in no state that anybody changed.
    if (obstacle && member.state === 'registered') return obstacle;
    if (member.state !== (act === 'release' ? 'suspended' : 'active')) return 'state-changed';
    if (obstacle || act === 'release') return obstacle;
    const isFine = await this.members.isDispensable(actor.corporationId, [member]);
    return isFine ? undefined : 'last-administrator';
  }

  async #do(act: SuspensionAct, { accountId }: SignedIn, member: Account): Promise<void> {
    const by = await this.em.findOneOrFail(Account, accountId);
    const at = await databaseNow(this.em);
    if (act === 'suspend') await this.#suspend(member, by, at);
    else await this.#release(member, by, at);
  }

  /** The password stays, but opens nothing until the release. */
  async #suspend(member: Account, by: Account, at: Date): Promise<void> {
    const objection = await this.witnesses.linkFor(by.id, member.id);
    member.suspend(at, by.id);
    // An objection brings back everything that a newcomer took from others, so it stays until then.
    if (!by.isNewcomer(at)) await this.access.endSessionsOf(member.id);
    const { loginId, addressee } = member;
    const deed = { loginId, time: at, ...actorOf(by, at), objection };
    await this.mails.suspended(addressee, deed);
  }

  /** Sign-ins from before do not go on, whoever suspended the person. */
  async #release(member: Account, by: Account, at: Date): Promise<void> {
    member.release();
    await this.access.endSessionsOf(member.id);
    const { loginId, addressee } = member;
    await this.mails.released(addressee, { loginId, time: at, by: by.name });
  }
}
