import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const KnownEnvironmentSchema = defineEntity({
  name: 'KnownEnvironment',
  tableName: 'known_environments',
  properties: {
    account: () => p.manyToOne(Account).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    browser: p.text().primary(),
    lastSeenAt: p.datetime(),
  },
});

/** A network, or a browser in it, from where an account signed in (known-environments.sql). */
export class KnownEnvironment extends KnownEnvironmentSchema.class {}

KnownEnvironmentSchema.setClass(KnownEnvironment);
