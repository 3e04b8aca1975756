import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpDraftEntrySchema = defineEntity({
  name: 'IpDraftEntry',
  tableName: 'ip_draft_entries',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    label: p.text(),
    endsAt: p.datetime().nullable(),
  },
});

export class IpDraftEntry extends IpDraftEntrySchema.class {}

IpDraftEntrySchema.setClass(IpDraftEntry);
