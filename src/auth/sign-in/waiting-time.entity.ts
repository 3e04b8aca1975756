import { defineEntity, p } from '@mikro-orm/postgresql';

export const WaitingTimeSchema = defineEntity({
  name: 'WaitingTime',
  tableName: 'waiting_times',
  properties: {
    key: p.text().primary(),
    failures: p.integer(),
    lastFailedAt: p.datetime(),
    waitsUntil: p.datetime(),
  },
});

/** Failures of one login ID or known browser, and until when it waits (waiting-times.sql). */
export class WaitingTime extends WaitingTimeSchema.class {}

WaitingTimeSchema.setClass(WaitingTime);
