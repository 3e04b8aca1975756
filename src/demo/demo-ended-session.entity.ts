import { defineEntity, p } from '@mikro-orm/postgresql';

export const DemoEndedSessionSchema = defineEntity({
  name: 'DemoEndedSession',
  tableName: 'demo_ended_sessions',
  properties: {
    id: p.uuid().primary(),
    endedAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** A session that a reset of the demo ended: its browser is told so, by whichever process it asks. */
export class DemoEndedSession extends DemoEndedSessionSchema.class {}

DemoEndedSessionSchema.setClass(DemoEndedSession);
