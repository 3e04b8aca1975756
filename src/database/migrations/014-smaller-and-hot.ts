import { Migration } from '@mikro-orm/migrations';

/** Tables whose rows change again and again in columns that no index has, and the room for it. */
const HOT = {
  sessions: 70,
  devices: 85,
  accounts: 90,
  known_environments: 80,
  limit_counters: 70,
  waiting_times: 70,
};

/**
 * A person's search keys are found by the person alone: one entry in the index for all of them
 * instead of one for each, with the key in it once more. Rows that are updated at each sign-in or
 * page stay in their block, so that no index grows with them.
 */
export class SmallerAndHot014 extends Migration {
  override name = '014-smaller-and-hot';

  override up(): void {
    this.addSql('alter table account_search_keys drop constraint account_search_keys_pkey');
    this.addSql(`
      create index account_search_keys_by_account on account_search_keys (account_id)`);
    for (const [table, fillfactor] of Object.entries(HOT))
      this.addSql(`alter table ${table} set (fillfactor = ${fillfactor})`);
  }
}
