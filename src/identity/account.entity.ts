import { createHash } from 'node:crypto';
import { defineEntity, OptionalProps, p, type InferKyselyTable } from '@mikro-orm/postgresql';
import { Corporation } from '../corporations/corporation.entity.js';
import { after, before } from '../database/clock.js';
import { emailKey, isOpenLoginId, loginIdKey, withLowerCaseDomain } from './login-id.js';

/** How long a deleted person can be restored, before the person is taken out of the account. */
export const RESTORABLE = { days: 30 };

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  indexes: [
    { name: 'accounts_by_corporation', properties: ['corporation', 'state'] },
    { name: 'accounts_by_email', properties: ['emailKey'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    role: p.enum(['staff', 'administrator'] as const),
    state: p.enum(['registered', 'active', 'suspended', 'deleted'] as const),
    loginId: p.text(),
    loginIdKey: p.text().unique(),
    name: p.text(),
    nameKana: p.text(),
    department: p.text().default(''),
    phone: p.text().default(''),
    email: p.text(),
    emailKey: p.text(),
    passwordHash: p.text().lazy(),
    language: p.enum(['ja', 'en'] as const).default('ja'),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    activatedAt: p.datetime().nullable(),
    lastSignInAt: p.datetime().nullable(),
    lastSignInAddress: p.type('inet').$type<string>().nullable(),
    failuresSinceSignIn: p.integer().default(0),
    /** A newcomer may not act before. */
    heldUntil: p.datetime().nullable(),
    /** An objection stopped the newcomer: the right password opens the case and nothing else. */
    inCase: p.boolean().default(false),
    deletedAt: p.datetime().nullable(),
    deletedBy: p.uuid().nullable(),
    deletedFrom: p.enum(['registered', 'active', 'suspended'] as const).nullable(),
    suspendedAt: p.datetime().nullable(),
    anonymisedAt: p.datetime().nullable(),
    /** Counts changes of details, kept by the database (account-version.sql). */
    version: p.integer().default(1),
    changedAt: p.datetime().nullable(),
    /** The state as people see it at this moment (account-state.sql): `held` waits for its release. */
    stateNow: p
      .string()
      .$type<'active' | 'held' | 'suspended' | 'registered' | 'deleted'>()
      .formula((account) => `account_state_now(${account}.state, ${account}.held_until)`)
      .persist(false),
  },
});

/** What administrators know of a person. */
export interface PersonDetails {
  name: string;
  nameKana: string;
  department: string;
  phone: string;
}

/** One person's sign-in (担当者 or 管理者) at one company, from its registration to its erasure. */
export class Account extends AccountSchema.class {
  declare [OptionalProps]?:
    | 'addressee'
    | 'shownLoginId'
    | 'hasProvedMailbox'
    | 'isActingAdministrator'
    | 'isStoppedByCase'
    | 'restorableUntil';

  /** The person as mails address them; the company must be loaded. */
  get addressee() {
    const { id: accountId, name, email, language, corporation } = this;
    const { id: corporationId, name: corporationName } = corporation;
    return { accountId, corporationId, corporationName, name, email, language };
  }

  /** Empty while a newcomer still has to choose one. */
  get shownLoginId(): string {
    return isOpenLoginId(this.loginId) ? '' : this.loginId;
  }

  /** Somebody reads the mailbox: it takes part in recoveries and can be changed. */
  get hasProvedMailbox(): boolean {
    return this.state === 'active' || this.state === 'suspended';
  }

  get isActingAdministrator(): boolean {
    return this.role === 'administrator' && this.state === 'active';
  }

  /** The desk decides about this person: a newcomer whom an objection stopped. */
  get isStoppedByCase(): boolean {
    return this.inCase && this.state === 'suspended';
  }

  activate(now: Date, heldUntil: Date | null = null): void {
    this.state = 'active';
    this.activatedAt = now;
    this.heldUntil = heldUntil;
  }

  /** An approval or the desk's word: the newcomer acts from now on. */
  endHold(): void {
    this.heldUntil = null;
  }

  suspend(now: Date): void {
    this.state = 'suspended';
    this.suspendedAt = now;
  }

  release(): void {
    this.state = 'active';
    this.suspendedAt = null;
  }

  /** @param by the administrator's account; absent when the desk or a case deletes it */
  delete(now: Date, by: string | null = null): void {
    if (this.state === 'deleted') return;
    this.deletedFrom = this.state;
    this.state = 'deleted';
    this.deletedAt = now;
    this.deletedBy = by;
  }

  get restorableUntil(): Date | null {
    return this.deletedAt ? after(this.deletedAt, RESTORABLE) : null;
  }

  isRestorable(now: Date): boolean {
    if (this.state !== 'deleted' || this.anonymisedAt) return false;
    return this.deletedAt! > before(now, RESTORABLE);
  }

  /** With role and state as they were. */
  restore(): void {
    this.state = this.deletedFrom ?? 'active';
    this.deletedFrom = null;
    this.deletedAt = null;
    this.deletedBy = null;
  }

  change(details: PersonDetails): void {
    const { name, nameKana, department, phone } = details;
    Object.assign(this, { name, nameKana, department, phone });
  }

  moveMailTo(email: string): void {
    this.email = withLowerCaseDomain(email);
    this.emailKey = emailKey(email);
  }

  /** By its owner, who proved the mailbox: a suspended account stays suspended. */
  renewPassword(passwordHash: string): void {
    this.passwordHash = passwordHash;
    this.failuresSinceSignIn = 0;
  }

  nameLogin(loginId: string): void {
    this.loginId = loginId;
    this.loginIdKey = loginIdKey(loginId);
  }

  /**
   * Takes the person out; the row stays because the history speaks of it, and the login ID as a
   * hash, so that nobody else gets it (reserved-login-id.sql).
   */
  anonymise(now: Date): void {
    this.change({ name: '', nameKana: '', department: '', phone: '' });
    this.email = '';
    this.emailKey = '';
    this.passwordHash = '';
    this.loginId = '';
    this.loginIdKey = `sha256:${createHash('sha256').update(this.loginIdKey).digest('hex')}`;
    this.lastSignInAddress = null;
    this.anonymisedAt = now;
  }
}

AccountSchema.setClass(Account);

declare module '../database/tables.js' {
  interface Tables {
    accounts: InferKyselyTable<typeof AccountSchema>;
  }
}
