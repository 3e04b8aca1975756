import { defineEntity, p } from '@mikro-orm/postgresql';

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
  },
});

/** A customer company (法人), as the operator's master data name it. */
export class Corporation extends CorporationSchema.class {}

CorporationSchema.setClass(Corporation);
