import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Operator } from '../../identity/operator.entity.js';

export const TotpSecretSchema = defineEntity({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  checks: [
    { name: 'totp_secrets_one_owner', expression: 'num_nonnulls(account_id, operator_id) = 1' },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    account: () => p.manyToOne(Account).unique().deleteRule('cascade').nullable(),
    operator: () => p.manyToOne(Operator).unique().deleteRule('cascade').nullable(),
    sealedSecret: p.blob(),
    /** Of the last code that counted, in steps since 1970: neither it nor an older one counts again. */
    lastStep: p.integer(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    lastUsedAt: p.datetime().nullable(),
  },
});

/** What an account, or somebody of the desk, shares with an authenticator app. */
export class TotpSecret extends TotpSecretSchema.class {}

TotpSecretSchema.setClass(TotpSecret);
