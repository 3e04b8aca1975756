import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { CaseRules, type CaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Audit } from '../../audit/audit.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import { Session } from '../../auth/sessions/session.entity.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AccountAccess } from '../../auth/sign-in/account-access.js';
import { Device } from '../../auth/sign-in/device.entity.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { Account } from '../../identity/account.entity.js';
import type { PersonDetails } from '../../identity/person-details.js';
import type { Role } from '../../identity/role.js';
import { MemberMails } from '../../mail/member-mails.js';
import { Members } from '../members/members.js';
import { NewAdministrators } from '../administrators/new-administrators.js';

export type Details = PersonDetails & { role: Role };

export interface Wanted extends Details {
  /** The version that the form was filled from; absent or another one than today's: changed meanwhile. */
  version: number;
  /** Somebody gives up the own rights and said so twice. */
  confirmed: boolean;
}

export type MemberChangeRefusal =
  'changed-meanwhile' | 'last-administrator' | 'unconfirmed' | CaseObstacle;

type MemberChanged =
  | { ok: true; changed: (keyof Details)[] }
  | { ok: false; reason: MemberChangeRefusal; current: Account };

type SignInsEnded = { ok: true; wasOpen: boolean } | { ok: false; reason: CaseObstacle };

const FIELDS = ['name', 'nameKana', 'department', 'phone', 'role'] as const;

/** 変更: what is known of a person, and what the person may do. */
@Injectable()
export class MemberChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly rules: CaseRules,
    private readonly access: AccountAccess,
    private readonly duties: FactorDuties,
    private readonly mails: MemberMails,
    private readonly newAdministrators: NewAdministrators,
    private readonly audit: Audit,
  ) {}

  /** Changes all of it or nothing; the rights of the person are others from the next request on. */
  async change(actor: SignedIn, id: string, wanted: Wanted): Promise<MemberChanged> {
    return inTransaction<MemberChanged>(this.em, async () => {
      const now = await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(actor.corporationId, id);
      if (member.state === 'deleted') throw new NotFoundException();
      const changed = changedFields(member, wanted);
      if (changed.length === 0) return { ok: true, changed };
      const reason = await this.#obstacle(actor, member, wanted);
      if (reason !== 'unconfirmed') {
        const facts = { target: id, fields: changed.join(), roleBefore: member.role };
        await this.audit.record('account-change', reason ?? 'done', actor, facts);
      }
      if (reason) return { ok: false, reason, current: member };
      member.change(wanted);
      const isAsked = await this.duties.asksAdministrators(actor.corporationId);
      member.changeRole(wanted.role, now, { isAsked });
      if (changed.includes('role')) await this.#tellOfRole(actor, member, now);
      return { ok: true, changed };
    });
  }

  async #tellOfRole({ accountId, name }: SignedIn, member: Account, time: Date): Promise<void> {
    await this.access.endTrustOf(member.id);
    await this.mails.roleChanged(member.addressee, member.role, name);
    if (member.role !== 'administrator') return;
    const by = { id: accountId, name };
    await this.newAdministrators.tell(member.id, { by, isInvited: false, time });
  }

  /**
   * すべての端末からログアウトさせる: for a telephone that was left in a train, say. Where nothing
   * is open nobody is told, so that nobody fills a mailbox with it.
   */
  async endSignIns(id: string, actor: SignedIn): Promise<SignInsEnded> {
    return inTransaction<SignInsEnded>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const member = await this.members.hold(actor.corporationId, id);
      const reason = await this.rules.obstacle('sessions-end', actor.accountId, id);
      const wasOpen = !reason && (await this.#isOpen(member));
      if (wasOpen) await this.mails.sessionsEnded(member.addressee, { by: actor.name });
      if (!reason) await this.access.endSessionsOf(id);
      const settled = await this.audit.settle('sessions-ended', reason, actor, { target: id });
      return { ...settled, wasOpen };
    });
  }

  async #obstacle(
    actor: SignedIn,
    member: Account,
    wanted: Wanted,
  ): Promise<MemberChangeRefusal | undefined> {
    if (wanted.version !== member.version) return 'changed-meanwhile';
    const act = actOf(member, wanted);
    const obstacle = await this.rules.obstacle(act, actor.accountId, member.id);
    if (obstacle || act !== 'demotion') return obstacle;
    if (!(await this.members.isDispensable(actor.corporationId, [member])))
      return 'last-administrator';
    const isOwn = member.id === actor.accountId;
    return isOwn && !wanted.confirmed ? 'unconfirmed' : undefined;
  }

  async #isOpen(account: Account): Promise<boolean> {
    const endsAt = { $gt: await databaseNow(this.em) };
    if ((await this.em.count(Session, { account, endsAt })) > 0) return true;
    return (await this.em.count(Device, { account })) > 0;
  }
}

function actOf({ role }: Account, wanted: Wanted): 'change' | 'promotion' | 'demotion' {
  if (role === wanted.role) return 'change';
  return wanted.role === 'administrator' ? 'promotion' : 'demotion';
}

export function changedFields(current: Details, wanted: Details): (keyof Details)[] {
  return FIELDS.filter((field) => current[field] !== wanted[field]);
}
