import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';

export const IpSuspensionSchema = defineEntity({
  name: 'IpSuspension',
  tableName: 'ip_suspensions',
  indexes: [{ name: 'ip_suspensions_by_corporation', properties: ['corporation'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    reason: p.text(),
    suspendedBy: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    liftedAt: p.datetime().nullable(),
  },
});

/** The desk suspends a company's restriction for some hours. */
export class IpSuspension extends IpSuspensionSchema.class {
  /** Before its time. */
  lift(now: Date): void {
    this.liftedAt = now;
  }
}

IpSuspensionSchema.setClass(IpSuspension);
