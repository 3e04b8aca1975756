import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../admin-enrollment/probation.js';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { PeopleMails } from '../../mail/people-mails.js';
import type { Person, Visit } from '../../web/visit.js';
import { MembersDetails, type MemberDetails } from './members-details.js';

/** The details that administrators change. */
export type Details = Pick<MemberDetails, 'name' | 'nameKana' | 'department' | 'phone' | 'role'>;

export interface Wanted extends Details {
  /** The version that the form was filled from; absent or another one than today's: changed meanwhile. */
  version: number;
  /** Somebody gives up the own rights and said so twice. */
  confirmed: boolean;
}

export type MemberChanged =
  | { ok: true }
  | { ok: false; reason: 'absent' | 'last-administrator' | 'unconfirmed' }
  | { ok: false; reason: 'changed-meanwhile'; current: MemberDetails };

export const FIELDS = ['name', 'nameKana', 'department', 'phone', 'role'] as const;

/** 変更: what is known of a person, and what the person may do. */
@Injectable()
export class MemberChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly members: MembersDetails,
    private readonly probation: Probation,
    private readonly mails: PeopleMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Changes all of it or nothing; the rights of the person are others from the next request on.
   * @throws ForbiddenException when the administrator is none any more
   */
  async change(actor: Person, id: string, wanted: Wanted, visit: Visit): Promise<MemberChanged> {
    return inTransaction<MemberChanged>(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const current = await this.members.hold(actor, id);
      if (!current || current.state === 'deleted') return { ok: false, reason: 'absent' };
      const changed = changedFields(current, wanted);
      if (changed.length === 0) return { ok: true };
      const reason = await this.#obstacle(actor, current, wanted);
      if (reason === 'unconfirmed') return { ok: false, reason };
      const key = reason ? undefined : await this.#noteDemotion(actor, current, wanted);
      if (!reason) await this.#save(current, wanted);
      if (!reason && isPromotion(current, wanted))
        await this.probation.noteGrant(actor.accountId, id);
      if (!reason && changed.includes('role')) await this.#tell(actor, current, wanted, key);
      await this.#log(actor, current, reason ?? 'done', changed, visit);
      if (!reason) return { ok: true };
      return reason === 'changed-meanwhile'
        ? { ok: false, reason, current }
        : { ok: false, reason };
    });
  }

  async #obstacle(actor: Person, current: MemberDetails, wanted: Wanted) {
    if (wanted.version !== current.version) return 'changed-meanwhile' as const;
    if (!isDemotion(current, wanted)) return undefined;
    if (!(await this.#hasAnotherAdministrator(actor, current)))
      return 'last-administrator' as const;
    if (current.id === actor.accountId && !wanted.confirmed) return 'unconfirmed' as const;
    return undefined;
  }

  async #hasAnotherAdministrator(
    { corporationId }: Person,
    { id }: MemberDetails,
  ): Promise<boolean> {
    const other = await sqlOne(
      this.em,
      'select from usable_administrators where corporation_id = $1 and id <> $2 limit 1',
      [corporationId, id],
    );
    return other !== undefined;
  }

  async #noteDemotion(
    { accountId }: Person,
    current: MemberDetails,
    wanted: Wanted,
  ): Promise<string | undefined> {
    if (!isDemotion(current, wanted) || current.id === accountId) return undefined;
    return this.probation.note(accountId, current.id, 'demotion');
  }

  async #save(current: MemberDetails, wanted: Wanted): Promise<void> {
    const { name, nameKana, department, phone, role } = wanted;
    await sql(
      this.em,
      `update accounts set name = $2, name_kana = $3, department = $4, phone = $5, role = $6
       where id = $1`,
      [current.id, name, nameKana, department, phone, role],
    );
  }

  async #tell(
    actor: Person,
    { id, email, language }: MemberDetails,
    { name, role }: Wanted,
    objectionKey: string | undefined,
  ): Promise<void> {
    const { corporationId, corporationName } = actor;
    const to = { accountId: id, corporationId, corporationName, name, email, language };
    await this.mails.roleChanged(to, { role, by: actor.name, objectionKey });
  }

  async #log(
    { accountId, corporationId }: Person,
    target: MemberDetails,
    reason: Reason,
    changed: string[],
    visit: Visit,
  ): Promise<void> {
    const facts = { target: target.id, fields: changed.join(), roleBefore: target.role };
    const act = 'account-change';
    await this.audit.record({ act, reason, accountId, corporationId, facts, visit });
  }
}

/** The fields in which the two differ. */
export function changedFields(current: Details, wanted: Details): (keyof Details)[] {
  return FIELDS.filter((field) => current[field] !== wanted[field]);
}

function isDemotion(current: Details, wanted: Details): boolean {
  return current.role === 'administrator' && wanted.role === 'staff';
}

function isPromotion(current: Details, wanted: Details): boolean {
  return current.role === 'staff' && wanted.role === 'administrator';
}
