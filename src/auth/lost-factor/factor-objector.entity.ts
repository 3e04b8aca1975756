import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';

export const FactorObjectorSchema = defineEntity({
  name: 'FactorObjector',
  tableName: 'factor_objectors',
  indexes: [{ name: 'factor_objectors_by_removal', properties: ['removal'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    removal: () => p.manyToOne(FactorRemoval).deleteRule('cascade'),
    /** Null for the billing contact, who has no account. */
    account: () => p.manyToOne(Account).deleteRule('cascade').nullable(),
    /** The billing contact's; or a mailbox that the account left lately. */
    email: p.text().nullable(),
    toldAt: p.datetime().nullable(),
    objectedAt: p.datetime().nullable(),
  },
});

/** A mailbox of the company, or the billing contact's, that is told of a removal and may object. */
export class FactorObjector extends FactorObjectorSchema.class {
  declare [OptionalProps]?: 'addressee' | 'isGone';

  /** Somebody of the company who is no more hears nothing of others, and has no say. */
  get isGone(): boolean {
    return this.account?.state === 'deleted';
  }

  /** As mails address the reader; the account and the companies must be loaded. */
  get addressee() {
    if (this.account) return { ...this.account.addressee, email: this.email ?? this.account.email };
    return this.removal.corporation.contactAt(this.email!);
  }
}

FactorObjectorSchema.setClass(FactorObjector);
