import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../../identity/account.entity.js';

export const AccountSearchKeySchema = defineEntity({
  name: 'AccountSearchKey',
  tableName: 'account_search_keys',
  indexes: [{ name: 'account_search_keys_by_account', properties: ['account'] }],
  properties: {
    account: () => p.manyToOne(Account).primary().deleteRule('cascade'),
    key: p.text().primary(),
    corporationId: p.uuid(),
    role: p.text().$type<'staff' | 'administrator'>(),
    state: p.text().$type<'registered' | 'active' | 'suspended' | 'deleted'>(),
    heldUntil: p.datetime().nullable(),
  },
});

/** A place in a name, login ID or mail address at which a search finds the person; kept by the database (search-keys.sql). */
export class AccountSearchKey extends AccountSearchKeySchema.class {}

AccountSearchKeySchema.setClass(AccountSearchKey);
