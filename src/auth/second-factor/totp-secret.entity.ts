import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const TotpSecretSchema = defineEntity({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    account: () => p.manyToOne(Account).unique().deleteRule('cascade'),
    sealedSecret: p.blob(),
    /** Of the last code that counted, in steps since 1970: neither it nor an older one counts again. */
    lastStep: p.integer(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    lastUsedAt: p.datetime().nullable(),
  },
});

/** What an account shares with an authenticator app. */
export class TotpSecret extends TotpSecretSchema.class {}

TotpSecretSchema.setClass(TotpSecret);
