import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import { Enrollment } from './enrollment.entity.js';

export const WitnessSchema = defineEntity({
  name: 'Witness',
  tableName: 'witnesses',
  indexes: [{ name: 'witnesses_by_account', properties: ['account'] }],
  uniques: [{ properties: ['enrollment', 'account'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    enrollment: () => p.manyToOne(Enrollment).deleteRule('cascade'),
    /** Null for the billing contact, who has no account. */
    account: () => p.manyToOne(Account).deleteRule('cascade').nullable(),
    /** Where the invoices go; null for administrators, whose account knows their mailbox. */
    email: p.text().nullable(),
    /** The mail that told of the application, or of the activation; null while nobody was told. */
    delivery: () => p.manyToOne(MailDelivery).deleteRule('set null').nullable(),
    endsAt: p.datetime(),
    objectedAt: p.datetime().nullable(),
    statement: p.text().nullable(),
  },
});

/**
 * Somebody who may object to a case: an administrator from before it, or the billing contact. It is
 * written down when the case begins, and nothing that becomes of the account changes it.
 */
export class Witness extends WitnessSchema.class {
  declare [OptionalProps]?: 'hasObjected' | 'isUnreached' | 'addressee';

  get hasObjected(): boolean {
    return this.objectedAt != null;
  }

  /** The mail that told came back, or none is sent there because one did; it must be loaded. */
  get isUnreached(): boolean {
    const state = this.delivery?.state;
    return state === 'bounced' || state === 'suppressed';
  }

  /** The invoices go elsewhere by now, and nobody objected while they came here. */
  isFormerContact(billingEmail: string | null | undefined): boolean {
    return !this.account && this.email !== billingEmail && !this.hasObjected;
  }

  object(now: Date, statement: string): void {
    this.objectedAt = now;
    this.explain(statement);
  }

  explain(statement: string): void {
    this.statement = [this.statement, statement].filter(Boolean).join('\n\n');
  }

  /** As mails address the person; the account and its company must be loaded. */
  get addressee() {
    if (this.account) return this.account.addressee;
    return this.enrollment.corporation!.contactAt(this.email!);
  }
}

WitnessSchema.setClass(Witness);
