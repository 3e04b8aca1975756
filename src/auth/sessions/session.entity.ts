import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  indexes: [{ name: 'sessions_by_account', properties: ['account'] }],
  properties: {
    id: p.uuid().primary(),
    secretHash: p.blob(),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    address: p.type('inet').$type<string>(),
    browser: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    lastSeenAt: p.datetime().defaultRaw('genkan_now()'),
    endsAt: p.datetime(),
    previousSignInAt: p.datetime().nullable(),
    previousSignInAddress: p.type('inet').$type<string>().nullable(),
    failuresBefore: p.integer(),
    passwordConfirmedAt: p.datetime().defaultRaw('genkan_now()'),
    factorConfirmedAt: p.datetime().nullable(),
    /** The act that it was given for, until anything else renews the session. */
    factorGivenFor: p.text().nullable(),
    emergencyUntil: p.datetime().nullable(),
    /** It reaches nothing but the set-up of a second factor. */
    enrolsOnly: p.boolean().default(false),
  },
});

/** A sign-in that lasts. It stands in a table, so that it can be listed and ends everywhere at once. */
export class Session extends SessionSchema.class {}

SessionSchema.setClass(Session);
