import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlOne } from '../../database/sql.js';
import type { Role } from '../../identity/role.js';
import { isUuid } from '../../web/uuid.js';
import type { Person } from '../../web/visit.js';
import { SHOWN_LOGIN_ID } from '../members/member.js';

/** What an administrator may know of a person of the same company. */
export interface MemberDetails {
  id: string;
  loginId: string;
  name: string;
  nameKana: string;
  department: string;
  phone: string;
  email: string;
  role: Role;
  state: 'registered' | 'active' | 'suspended' | 'deleted';
  language: 'ja' | 'en';
  version: number;
  changedAt: Date | null;
  lastSignInAt: Date | null;
  /** The address that waits for its proof. */
  pendingEmail: string | null;
}

const FIND = `
  select a.id, ${SHOWN_LOGIN_ID} as "loginId", name, name_kana as "nameKana", department, phone, email, role, state,
         language, version, changed_at as "changedAt", last_sign_in_at as "lastSignInAt",
         (select email from email_changes e where e.account_id = a.id and e.proved_at is null
            and e.voided_at is null and e.ends_at > genkan_now()) as "pendingEmail"
  from accounts a where a.id = $1 and corporation_id = $2`;

/** One person of the company of whoever asks; somebody of another company is as absent as nobody. */
@Injectable()
export class MembersDetails {
  constructor(private readonly em: EntityManager) {}

  async find({ corporationId }: Person, id: string): Promise<MemberDetails | undefined> {
    return isUuid(id) ? sqlOne(this.em, FIND, [id, corporationId]) : undefined;
  }

  /** The same, held until the caller's transaction ends: after the company, where that is held too. */
  async hold({ corporationId }: Person, id: string): Promise<MemberDetails | undefined> {
    if (!isUuid(id)) return undefined;
    return sqlOne(this.em, `${FIND} for no key update`, [id, corporationId]);
  }
}
