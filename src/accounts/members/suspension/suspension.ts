import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { codeOf, inTransaction } from '../../../database/transaction.js';
import type { Visit } from '../../../web/visit.js';
import type { Member } from '../member.js';
import { Members } from '../members.js';
import { Stop } from './stop.js';

export type SuspensionAct = 'suspend' | 'release';

export type SuspensionRefusal =
  'own-account' | 'last-administrator' | 'state-changed' | 'desk-decides';

export type SuspensionChanged = { ok: true } | { ok: false; reason: SuspensionRefusal };

const ACTS = { suspend: 'account-suspension', release: 'account-release' } as const;

/** 利用停止 and 利用再開 of one person; either way the log knows how it went. */
@Injectable()
export class Suspension {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly stop: Stop,
    private readonly audit: Audit,
  ) {}

  /** Why it is not possible now; undefined when it is. */
  async obstacle(
    act: SuspensionAct,
    actor: SignedIn,
    member: Member,
  ): Promise<SuspensionRefusal | undefined> {
    if (member.id === actor.accountId) return 'own-account';
    if (act === 'release' && member.isInCase) return 'desk-decides';
    if (act === 'release') return member.state === 'suspended' ? undefined : 'state-changed';
    if (member.state !== 'active' && member.state !== 'held') return 'state-changed';
    const isFine = await this.members.isDispensable(actor.corporationId, [member]);
    return isFine ? undefined : 'last-administrator';
  }

  /** @returns undefined when nobody of the company has this id */
  async change(
    act: SuspensionAct,
    actor: SignedIn,
    id: string,
    visit: Visit,
  ): Promise<SuspensionChanged | undefined> {
    try {
      return await inTransaction(this.em, () => this.#change(act, actor, id, visit));
    } catch (error) {
      if (codeOf(error) !== 'GK001') throw error;
      return this.#refuse(act, 'last-administrator', actor, id, visit);
    }
  }

  async #change(
    act: SuspensionAct,
    actor: SignedIn,
    id: string,
    visit: Visit,
  ): Promise<SuspensionChanged | undefined> {
    await holdForAdministrator(this.em, actor);
    const member = await this.members.find(actor.corporationId, id);
    if (!member) return undefined;
    const refusal = await this.obstacle(act, actor, member);
    if (refusal) return this.#refuse(act, refusal, actor, id, visit);
    await (act === 'suspend' ? this.stop.begin(actor, member) : this.stop.end(actor, member));
    await this.#log(act, 'done', actor, id, visit);
    return { ok: true };
  }

  async #refuse(
    act: SuspensionAct,
    reason: SuspensionRefusal,
    ...who: [actor: SignedIn, id: string, visit: Visit]
  ): Promise<SuspensionChanged> {
    await this.#log(act, reason, ...who);
    return { ok: false, reason };
  }

  async #log(
    act: SuspensionAct,
    reason: SuspensionRefusal | 'done',
    { accountId, corporationId }: SignedIn,
    target: string,
    visit: Visit,
  ): Promise<void> {
    const entry = { accountId, corporationId, facts: { target }, visit };
    await this.audit.record({ act: ACTS[act], reason, ...entry });
  }
}
