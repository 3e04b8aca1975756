import { Migration } from '@mikro-orm/migrations';

/**
 * A company is found by the characters of its name (docs/decisions/124): without a list of pending
 * rows, which each search would read. And why a case of the desk ended that nobody of the desk ended.
 */
export class NamesOfCompanies070 extends Migration {
  override name = '070-names-of-companies';

  override up(): void {
    this.addSql(`
      create index corporation_search_keys_by_characters on corporation_search_keys
        using gin (string_to_array(key, null)) with (fastupdate = off)`);
    this.addSql(`
      alter table desk_case_entries
        add column cause text constraint desk_case_entries_cause_check check (cause in
          ('account-deleted', 'factor-changed'))`);
  }
}
