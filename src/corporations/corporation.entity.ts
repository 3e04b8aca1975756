import { defineEntity, p } from '@mikro-orm/core';

export const CorporationSchema = defineEntity({
  name: 'Corporation',
  tableName: 'corporations',
  properties: {
    id: p.uuid().primary(),
    corporateNumber: p.string().unique(),
    name: p.string(),
    nameKana: p.string(),
    searchKey: p.string(),
    billingEmail: p.string().nullable(),
    state: p.enum(['active', 'closed'] as const).default('active'),
  },
});

/** A customer company (法人), as the operator's master data name it. */
export class Corporation extends CorporationSchema.class {}

CorporationSchema.setClass(Corporation);
