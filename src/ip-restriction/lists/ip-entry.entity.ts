import { defineEntity, p } from '@mikro-orm/postgresql';
import { IpVersion } from './ip-version.entity.js';

export const IpEntrySchema = defineEntity({
  name: 'IpEntry',
  tableName: 'ip_entries',
  properties: {
    version: () => p.manyToOne(IpVersion).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    label: p.text(),
    endsAt: p.datetime().nullable(),
  },
});

export class IpEntry extends IpEntrySchema.class {}

IpEntrySchema.setClass(IpEntry);
