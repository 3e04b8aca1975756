import { Migration } from '@mikro-orm/migrations';

/**
 * Pages of the log by company, person, act and address, each read in the order of an index of its
 * own, with the id behind the time so that rows of one moment have an order too; and the names that
 * people had.
 */
export class PagesOfTheLog038 extends Migration {
  override name = '038-pages-of-the-log';

  override up(): void {
    this.addSql('drop index audit_entries_by_corporation, audit_entries_by_account');
    for (const index of INDEXES) this.addSql(index);
    this.addSql(`
      create table former_names (
        account_id uuid not null
          constraint former_names_account_id_foreign references accounts on delete cascade,
        until timestamptz not null,
        name text not null,
        primary key (account_id, until))`);
  }
}

const INDEXES = [
  'create index audit_entries_by_corporation on audit_entries (corporation_id, at, id)',
  'create index audit_entries_by_account on audit_entries (account_id, at, id)',
  'create index audit_entries_by_act on audit_entries (corporation_id, act, at, id)',
  `create index audit_entries_by_address on audit_entries (corporation_id, address, at, id)
   where address is not null`,
  `create index audit_entries_by_desk on audit_entries (corporation_id, at, id)
   where (facts ->> 'operator') is not null`,
];
