import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { FactorMinimum } from '../../auth/second-factor/duty/factor-minimum.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { isMilder, stricterOf, type FactorPolicy } from '../../corporations/factor-policy.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { administratorsOf } from '../../identity/administrators.js';
import { MemberMails } from '../../mail/member-mails.js';
import { FactorReminders } from './factor-reminders.js';

/** What holds for a company, and what the operator asks of all companies. */
export interface PolicyInForce {
  policy: FactorPolicy;
  minimum: FactorPolicy;
}

type PolicyRefusal =
  'second-factor-missing' | 'second-factor-minimum' | 'changed-meanwhile' | 'nothing-changed';

/** `told`: so many other administrators get a mail. */
type PolicyChanged = { ok: true; told: number } | { ok: false; reason: PolicyRefusal };

/** Of whom a company asks a second factor. */
@Injectable()
export class FactorPolicies {
  constructor(
    private readonly em: EntityManager,
    private readonly minimum: FactorMinimum,
    private readonly reminders: FactorReminders,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  async inForce({ corporationId }: Pick<SignedIn, 'corporationId'>): Promise<PolicyInForce> {
    const corporation = await this.em.findOneOrFail(Corporation, corporationId, { refresh: true });
    const minimum = await this.minimum.policy();
    return { policy: stricterOf(corporation.factorPolicy, minimum), minimum };
  }

  /** Told to the other administrators. @param before the policy that the page showed */
  async change(actor: SignedIn, policy: FactorPolicy, before: string): Promise<PolicyChanged> {
    return inTransaction<PolicyChanged>(this.em, async () => {
      const now = await holdForAdministrator(this.em, actor);
      const shown = await this.inForce(actor);
      const reason = await this.#obstacle(actor, policy, before, shown);
      if (reason === 'nothing-changed') return { ok: false, reason };
      const facts = { policy, before: shown.policy };
      if (reason) return this.audit.refuse('second-factor-policy', reason, actor, facts);
      (await this.em.findOneOrFail(Corporation, actor.corporationId)).askFactors(policy, now);
      const everybody = await administratorsOf(this.em, actor.corporationId);
      const others = everybody.filter(({ accountId }) => accountId !== actor.accountId);
      for (const to of others)
        await this.mails.factorPolicyChanged(to, policy, { by: actor.name, time: now });
      await this.em.flush();
      await this.reminders.begin();
      await this.audit.done('second-factor-policy', actor, facts);
      return { ok: true, told: others.length };
    });
  }

  /** Whoever asks others for a factor, or no longer asks them, has one. */
  async #obstacle(
    { accountId }: SignedIn,
    wanted: FactorPolicy,
    before: string,
    { policy, minimum }: PolicyInForce,
  ): Promise<PolicyRefusal | undefined> {
    if (before !== policy) return 'changed-meanwhile';
    if (wanted === policy) return 'nothing-changed';
    if (isMilder(wanted, minimum)) return 'second-factor-minimum';
    const { secondFactorSince } = await this.em.findOneOrFail(Account, accountId);
    return secondFactorSince ? undefined : 'second-factor-missing';
  }
}
