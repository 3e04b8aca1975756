import { Migration } from '@mikro-orm/migrations';
import { textOf } from './functions.js';

/**
 * The desk looks for people and companies everywhere. Names, kana and login IDs are found by their
 * beginning: the keys of a company's own list would need an index of their whole number.
 */
export class DeskSearch037 extends Migration {
  override name = '037-desk-search';

  override up(): void {
    this.addSql(textOf('search-fold'));
    this.addSql(`
      create table corporation_search_keys (
        corporation_id uuid primary key
          constraint corporation_search_keys_corporation_id_foreign
            references corporations on delete cascade,
        key text not null
      )`);
    this.addSql(`
      insert into corporation_search_keys
      select id, company_fold(name) || E'\\n' || company_fold(name_kana) from corporations`);
    for (const [index, key] of INDEXES)
      this.addSql(`create index accounts_found_by_${index} on accounts (${key} collate "C", id)`);
    this.addSql(`
      create index enrollments_by_email on enrollments (lower(applicant_email))`);
    // Of a company whose people sign in all day, the few rows between that the desk reads.
    this.addSql(`
      create index audit_entries_refused on audit_entries (corporation_id, at)
      where act = 'sign-in' and reason = 'address-refused'`);
    this.addSql(`
      create index audit_entries_acts on audit_entries (corporation_id, at)
      where act <> 'sign-in'`);
  }
}

const INDEXES = [
  ['name', '(search_fold(name))'],
  ['kana', '(search_fold(name_kana))'],
  ['login_id', 'login_id_key'],
] as const;
