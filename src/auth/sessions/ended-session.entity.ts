import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const EndedSessionSchema = defineEntity({
  name: 'EndedSession',
  tableName: 'ended_sessions',
  indexes: [{ name: 'ended_sessions_by_account', properties: ['account'] }],
  properties: {
    id: p.uuid().primary(),
    secretHash: p.blob(),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    /** When it would have been over. */
    endsAt: p.datetime(),
  },
});

/** A session that somebody ended before its time; the database writes them (ended-sessions.sql). */
export class EndedSession extends EndedSessionSchema.class {}

EndedSessionSchema.setClass(EndedSession);
