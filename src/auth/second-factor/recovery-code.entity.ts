import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Operator } from '../../identity/operator.entity.js';

export const RecoveryCodeSchema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  indexes: [
    { name: 'recovery_codes_by_account', properties: ['account'] },
    { name: 'recovery_codes_by_operator', properties: ['operator'] },
  ],
  checks: [
    { name: 'recovery_codes_one_owner', expression: 'num_nonnulls(account_id, operator_id) = 1' },
  ],
  properties: {
    codeHash: p.blob().primary(),
    account: () => p.manyToOne(Account).deleteRule('cascade').nullable(),
    operator: () => p.manyToOne(Operator).deleteRule('cascade').nullable(),
    /** The fingerprint of the key that made the hash. */
    secretKey: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    usedAt: p.datetime().nullable(),
  },
});

/** A code on paper that stands in for the second factor once. */
export class RecoveryCode extends RecoveryCodeSchema.class {}

RecoveryCodeSchema.setClass(RecoveryCode);
