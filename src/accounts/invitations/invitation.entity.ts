import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';
import { Account } from '../../identity/account.entity.js';
import type { PersonDetails } from '../../identity/person-details.js';
import { emailKey } from '../../identity/login-id.js';
import { nameKey } from '../../identity/name-key.js';
import type { Role } from '../../identity/role.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';

export type InvitationState = 'live' | 'used' | 'cancelled' | 'replaced' | 'expired' | 'void';

/** The state of the row of `invitations` with this alias, as SQL. */
export function invitationState(alias: unknown): string {
  const columns = ['used_at', 'cancelled_at', 'replaced_at', 'ends_at', 'invited_by'];
  const row = String(alias);
  return `invitation_state(${[...columns, 'corporation_id'].map((name) => `${row}.${name}`).join(', ')})`;
}

/**
 * Whether it took the place of an older one to the same person, whose mail does not work any more. Such
 * a one was not used, by which its index finds it.
 */
export function replacedAnother(alias: unknown): string {
  const row = String(alias);
  return `exists (
    select from invitations o
    where o.corporation_id = ${row}.corporation_id and o.email_key = ${row}.email_key
      and search_fold(o.name) = search_fold(${row}.name) and o.replaced_at = ${row}.created_at
      and o.used_at is null)`;
}

export const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  indexes: [
    { name: 'invitations_by_inviter', properties: ['invitedBy'] },
    { name: 'invitations_by_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    invitedBy: () => p.manyToOne(Account).fieldName('invited_by').deleteRule('set null').nullable(),
    role: p.enum(['staff', 'administrator'] as const),
    name: p.text(),
    nameKana: p.text(),
    department: p.text(),
    phone: p.text(),
    email: p.text(),
    emailKey: p.text(),
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    replacedAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    /** Decided by the database's clock at the moment of reading (invitation-state.sql). */
    stateNow: p.string().$type<InvitationState>().formula(invitationState).persist(false),
  },
});

const REFUSALS = {
  used: 'link-used',
  replaced: 'link-replaced',
  cancelled: 'invitation-cancelled',
  expired: 'link-expired',
  void: 'invitation-void',
} as const;

export type InvitationRefusal = (typeof REFUSALS)[keyof typeof REFUSALS] | 'link-unknown';

export interface Invited extends PersonDetails {
  email: string;
  role: Role;
}

/** The same person: several people may share a mailbox. */
export function personKey({ email, name }: Pick<Invited, 'email' | 'name'>): string {
  return `${emailKey(email)} ${nameKey(name)}`;
}

/** A person who is invited and has no account yet. It is worth as much as its sender's rights. */
export class Invitation extends InvitationSchema.class {
  declare [OptionalProps]?: 'isOver' | 'invited';

  /** Accepted, cancelled or replaced: it cannot be sent again. */
  get isOver(): boolean {
    return Boolean(this.usedAt ?? this.cancelledAt ?? this.replacedAt);
  }

  get refusal(): InvitationRefusal | undefined {
    const state: InvitationState = this.stateNow;
    return state === 'live' ? undefined : REFUSALS[state];
  }

  get invited(): Invited {
    const { name, nameKana, department, phone, email, role } = this;
    return { name, nameKana, department, phone, email, role };
  }

  /** The account knows the person from now on, and the invitation no longer does. */
  accept(account: Account, now: Date): void {
    this.usedAt = now;
    this.account = account;
    const unknown = { name: '', nameKana: '', department: '', phone: '', email: '', emailKey: '' };
    Object.assign(this, unknown);
  }

  cancel(now: Date): void {
    this.cancelledAt = now;
  }

  /** A newer invitation went to the same person. */
  replace(now: Date): void {
    this.replacedAt = now;
  }
}

InvitationSchema.setClass(Invitation);
