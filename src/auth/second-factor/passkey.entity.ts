import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Operator } from '../../identity/operator.entity.js';

export const PasskeySchema = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  indexes: [
    { name: 'passkeys_by_account', properties: ['account'] },
    { name: 'passkeys_by_operator', properties: ['operator'] },
  ],
  checks: [{ name: 'passkeys_one_owner', expression: 'num_nonnulls(account_id, operator_id) = 1' }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    account: () => p.manyToOne(Account).deleteRule('cascade').nullable(),
    operator: () => p.manyToOne(Operator).deleteRule('cascade').nullable(),
    /** As browsers write it, in base64url. */
    credentialId: p.text().unique(),
    publicKey: p.blob(),
    /** Grows with each use, where the device counts at all: a copy of it is found out. */
    counter: p.bigint('number'),
    /** How browsers reach the device, for their own dialogues. */
    transports: p.json().$type<string[]>(),
    name: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    lastUsedAt: p.datetime().nullable(),
  },
});

/** A key that a device, or a program that keeps passwords, holds for its owner. */
export class Passkey extends PasskeySchema.class {}

PasskeySchema.setClass(Passkey);
