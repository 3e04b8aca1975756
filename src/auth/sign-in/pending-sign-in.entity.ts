import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const PendingSignInSchema = defineEntity({
  name: 'PendingSignIn',
  tableName: 'pending_sign_ins',
  indexes: [{ name: 'pending_sign_ins_by_account', properties: ['account'] }],
  properties: {
    /** The known browser, or all others of one network at the account: a newer one replaces the former. */
    lane: p.text().primary(),
    id: p.uuid().unique(),
    secretHash: p.blob(),
    account: () => p.manyToOne(Account).deleteRule('cascade'),
    /** Of the hash of the password that was given: another password ends it. */
    passwordDigest: p.blob(),
    endsAt: p.datetime(),
  },
});

/** A sign-in whose password was right and which waits for the second factor. It is no session. */
export class PendingSignIn extends PendingSignInSchema.class {}

PendingSignInSchema.setClass(PendingSignIn);
