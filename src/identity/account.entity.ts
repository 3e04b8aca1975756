import { createHash } from 'node:crypto';
import { OptionalProps } from '@mikro-orm/postgresql';
import { after } from '../database/clock.js';
import { ACCOUNT_STATES, STOPPED_BY_CASE, type AccountState } from './account-states.js';
import { AccountSchema } from './account.schema.js';
import type { PersonDetails } from './person-details.js';
import type { Role } from './role.js';
import { emailKey, isOpenLoginId } from './login-id.js';

/** How long a deleted person can be restored, before the person is taken out of the account. */
export const RESTORABLE = { days: 30 };

/** One person's sign-in (担当者 or 管理者) at one company, from its registration to its erasure. */
export class Account extends AccountSchema.class {
  declare [OptionalProps]?:
    | 'addressee'
    | 'shownLoginId'
    | 'shownState'
    | 'hasProvedMailbox'
    | 'canBeFrozen'
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

  /** The state as people see it, with the colour of its chip. */
  get shownState(): (typeof ACCOUNT_STATES)[AccountState] | typeof STOPPED_BY_CASE {
    return this.isStoppedByCase ? STOPPED_BY_CASE : ACCOUNT_STATES[this.stateNow as AccountState];
  }

  /** Somebody reads the mailbox: it takes part in recoveries and can be changed. */
  get hasProvedMailbox(): boolean {
    return this.state === 'active' || this.state === 'suspended';
  }

  /** The person can sign in, or could one day, because a newcomer's act is undone, say. */
  get canBeFrozen(): boolean {
    const state = this.state === 'deleted' ? this.deletedFrom : this.state;
    return state === 'active' || (state === 'suspended' && this.suspendedBy != null);
  }

  get isActingAdministrator(): boolean {
    return this.role === 'administrator' && this.state === 'active';
  }

  /** The desk decides about this person: a newcomer whom an objection stopped. */
  get isStoppedByCase(): boolean {
    return this.inCase && this.state === 'suspended';
  }

  /** A successor, who may do only few things until the probation is over. */
  isNewcomer(now: Date): boolean {
    return (this.probationEndsAt ?? now) > now;
  }

  /** @param newcomer the two deadlines of a successor's case */
  activate(now: Date, newcomer?: { heldUntil: Date | null; probationEndsAt: Date | null }): void {
    this.state = 'active';
    this.activatedAt = now;
    this.heldUntil = newcomer?.heldUntil ?? null;
    this.probationEndsAt = newcomer?.probationEndsAt ?? null;
  }

  /** An approval or the desk's word: the newcomer is an administrator like the others from now on. */
  endProbation(): void {
    this.heldUntil = null;
    this.probationEndsAt = null;
  }

  /** @param by the administrator; absent for the desk, which alone opens it again */
  suspend(now: Date, by: string | null = null): void {
    if (this.state === 'deleted') this.deletedFrom = 'suspended';
    else this.state = 'suspended';
    this.suspendedAt = now;
    this.suspendedBy = by;
    this.frozenByDesk = by === null;
  }

  release(): void {
    if (this.anonymisedAt) return;
    this.state = 'active';
    this.suspendedAt = null;
    this.suspendedBy = null;
    this.frozenByDesk = false;
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
    return (this.restorableUntil ?? now) > now;
  }

  /** With role and state as they were; nobody stands behind an anonymised account any more. */
  restore(): void {
    if (this.anonymisedAt) return;
    this.state = this.deletedFrom ?? 'active';
    this.deletedFrom = null;
    this.deletedAt = null;
    this.deletedBy = null;
  }

  /**
   * Frozen, also where it was deleted meanwhile: until the desk decides, the right password opens the
   * case and nothing else, because the desk hears both sides.
   */
  stopByCase(): void {
    if (this.anonymisedAt) return;
    this.inCase = true;
    this.heldUntil = null;
    if (this.state === 'deleted') this.restore();
    this.state = 'suspended';
  }

  /** The desk lets the person stay. What it froze before is another matter, and stays frozen. */
  stayAfterCase(now: Date): void {
    if (this.state === 'registered') this.activate(now);
    this.activatedAt ??= now;
    this.endProbation();
    if (!this.inCase) return;
    this.inCase = false;
    if (!this.frozenByDesk) this.release();
  }

  endInCase(now: Date): void {
    this.delete(now);
    this.inCase = false;
    this.probationEndsAt = null;
  }

  /** Everything is as it was before this person deleted or suspended the account. */
  undoActsOf(newcomer: string): void {
    if (this.deletedBy === newcomer) this.restore();
    if (this.suspendedBy !== newcomer) return;
    if (this.state === 'suspended') this.release();
    else if (this.deletedFrom === 'suspended') this.deletedFrom = 'active';
    this.suspendedAt = null;
    this.suspendedBy = null;
  }

  change(details: PersonDetails): void {
    const { name, nameKana, department, phone } = details;
    Object.assign(this, { name, nameKana, department, phone });
  }

  /** Days of grace are those of a new administrator, once: a time as staff gives no new ones. */
  changeRole(role: Role, now: Date, { isAsked }: { isAsked: boolean }): void {
    if (this.role === role) return;
    this.role = role;
    const since = this.administratorSince ?? (role === 'staff' ? this.activatedAt : now);
    this.administratorSince = role === 'staff' && !isAsked ? null : since;
  }

  moveMailTo(email: string): void {
    this.email = email;
    this.emailKey = emailKey(email);
  }

  /** By its owner, who proved the mailbox: a suspended account stays suspended. */
  renewPassword(passwordHash: string): void {
    this.passwordHash = passwordHash;
    this.failuresSinceSignIn = 0;
  }

  /**
   * Takes the person out; the row stays because the history speaks of it, and the login ID as a
   * hash, so that nobody else gets it (reserved-login-id.sql).
   */
  anonymise(now: Date): void {
    this.change({ name: '', nameKana: '', department: '', phone: '' });
    Object.assign(this, { email: '', emailKey: '', passwordHash: '', loginId: '' });
    this.loginIdKey = `sha256:${createHash('sha256').update(this.loginIdKey).digest('hex')}`;
    this.lastSignInAddress = null;
    this.secondFactorSince = null;
    this.anonymisedAt = now;
  }
}

AccountSchema.setClass(Account);
