import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpEndNoticeSchema = defineEntity({
  name: 'IpEndNotice',
  tableName: 'ip_end_notices',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary(),
    network: p.type('cidr').$type<string>().primary(),
    endsAt: p.datetime().primary(),
    kind: p.enum(['week', 'day', 'kept'] as const).primary(),
    toldAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

export class IpEndNotice extends IpEndNoticeSchema.class {}

IpEndNoticeSchema.setClass(IpEndNotice);
