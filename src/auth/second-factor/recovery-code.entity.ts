import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const RecoveryCodeSchema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  properties: {
    account: () => p.manyToOne(Account).primary().deleteRule('cascade'),
    codeHash: p.blob().primary(),
    /** The fingerprint of the key that made the hash. */
    secretKey: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    usedAt: p.datetime().nullable(),
  },
});

/** A code on paper that stands in for the second factor once. */
export class RecoveryCode extends RecoveryCodeSchema.class {}

RecoveryCodeSchema.setClass(RecoveryCode);
