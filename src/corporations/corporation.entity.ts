import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { policyOf, type FactorPolicy } from './factor-policy.js';

export const CorporationSchema = defineEntity({
  name: 'Corporation',
  tableName: 'corporations',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporateNumber: p.text().unique(),
    name: p.text(),
    nameKana: p.text(),
    billingEmail: p.text().nullable(),
    state: p.enum(['active', 'closed'] as const).default('active'),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    updatedAt: p.datetime().defaultRaw('genkan_now()'),
    /** Companies that never had a list of addresses are decided by this alone. */
    hasIpVersions: p.boolean().default(false),
    /** Since when the company asks its administrators for a second factor; null: it does not. */
    administratorsAskedSince: p.datetime().nullable(),
    /** The same for everybody. */
    everybodyAskedSince: p.datetime().nullable(),
  },
});

/** A command names the number. A page has the id: the number may be another company's by now. */
export type WhichCorporation = { id: string } | { corporateNumber: string };

/** A customer company (法人), as the operator's master data name it. */
export class Corporation extends CorporationSchema.class {
  declare [OptionalProps]?: 'factorPolicy';

  /** Of whom the company asks a second factor; the operator's minimum may ask more. */
  get factorPolicy(): FactorPolicy {
    return policyOf(this);
  }

  /** A reader of its mails who has no account, such as whoever gets the invoices. */
  contactAt(email: string) {
    const { id: corporationId, name: corporationName } = this;
    return { corporationId, corporationName, name: '', email, language: 'ja' as const };
  }

  /** Those who were asked before keep their day. */
  askFactors(policy: FactorPolicy, now: Date): void {
    const [ofAdministrators, ofEverybody] = [policy !== 'nobody', policy === 'everybody'];
    this.administratorsAskedSince = ofAdministrators
      ? (this.administratorsAskedSince ?? now)
      : null;
    this.everybodyAskedSince = ofEverybody ? (this.everybodyAskedSince ?? now) : null;
  }
}

CorporationSchema.setClass(Corporation);
