import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from './corporation.entity.js';

export const TransferAccountSchema = defineEntity({
  name: 'TransferAccount',
  tableName: 'transfer_accounts',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary().deleteRule('cascade'),
    digest: p.blob().primary(),
    lastDigits: p.text(),
    /** The fingerprint of the key that made the digest; null: the first one. */
    secretKey: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** An account that a company pays into: a keyed digest to compare, three digits to show. */
export class TransferAccount extends TransferAccountSchema.class {}

TransferAccountSchema.setClass(TransferAccount);
