import { DAY_MS } from '../../durations.js';
import type { AccountState } from '../../identity/account-states.js';
import type { Role } from '../../identity/role.js';
/** One person of a company, as its administrators see them. */
export interface Member {
  id: string;
  name: string;
  nameKana: string;
  department: string;
  phone: string;
  email: string;
  loginId: string;
  role: Role;
  state: AccountState;
  createdAt: Date;
  lastSignInAt: Date | null;
  deletedAt: Date | null;
  isRestorable: boolean;
  /** The desk decides about this person (a newcomer who was objected to). */
  isInCase: boolean;
}

export const RESTORABLE_DAYS = 30;

/** Until when somebody who is deleted at this moment can be restored. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + RESTORABLE_DAYS * DAY_MS);
}

/** Of `accounts a`; empty while a newcomer still has to choose one. */
export const SHOWN_LOGIN_ID = `case when a.login_id like '?%' then '' else a.login_id end`;

/** The columns of a `Member`, for `accounts a`. */
export const MEMBER = `
  a.id, a.name, a.name_kana as "nameKana", a.department, a.phone, a.email,
  ${SHOWN_LOGIN_ID} as "loginId",
  a.role, a.created_at as "createdAt", a.last_sign_in_at as "lastSignInAt", a.deleted_at as "deletedAt",
  case when a.state = 'active' and a.held_until > genkan_now() then 'held' else a.state end as state,
  coalesce(a.anonymised_at is null and a.deleted_at > genkan_now() - interval '${RESTORABLE_DAYS} days',
           false) as "isRestorable",
  a.in_case and a.state = 'suspended' as "isInCase"`;
