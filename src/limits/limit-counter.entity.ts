import { defineEntity, p } from '@mikro-orm/postgresql';

export const LimitCounterSchema = defineEntity({
  name: 'LimitCounter',
  tableName: 'limit_counters',
  properties: {
    key: p.text().primary(),
    used: p.integer(),
    endsAt: p.datetime(),
  },
});

/** Uses of one key in a span of time that began with the first one (limit-counters.sql). */
export class LimitCounter extends LimitCounterSchema.class {}

LimitCounterSchema.setClass(LimitCounter);
