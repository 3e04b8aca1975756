import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpUseSchema = defineEntity({
  name: 'IpUse',
  tableName: 'ip_uses',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    lastUsedAt: p.datetime(),
  },
});

/** The last use of a network, kept by network so that a new list does not lose it. */
export class IpUse extends IpUseSchema.class {}

IpUseSchema.setClass(IpUse);
