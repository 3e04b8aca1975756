import { Migration } from '@mikro-orm/migrations';
import { textOf } from './functions.js';

/** So many people's keys are made anew by one statement. */
const STEP = 1_000;

/**
 * Names are found in whichever form of a character they are typed or stored. The keys of names that
 * have one, and all indexes by what `search_fold` makes of a name, are made anew.
 */
export class VariantsOfKanji053 extends Migration {
  override name = '053-variants-of-kanji';

  override up(): void {
    this.addSql(FORMER_FOLD);
    this.addSql(textOf('search-fold'));
    for (const index of INDEXES) this.addSql(`reindex index ${index}`);
    this.#people();
    this.addSql(`
      update corporation_search_keys k
      set key = company_fold(c.name) || E'\\n' || company_fold(c.name_kana)
      from corporations c
      where c.id = k.corporation_id
        and k.key <> company_fold(c.name) || E'\\n' || company_fold(c.name_kana)`);
    this.addSql(`
      update desk_cases set asker_company_key = company_fold(asker_company)
      where asker_company_key <> company_fold(asker_company)`);
    this.addSql('drop function former_fold');
  }

  #people(): void {
    this.addSql(`
      do $$
      declare
        last uuid := '00000000-0000-0000-0000-000000000000';
        ids uuid[];
      begin
        loop
          ids := array(
            select id from accounts
            where id > last and search_fold(name || name_kana) <> former_fold(name || name_kana)
            order by id limit ${STEP});
          exit when cardinality(ids) = 0;
          last := ids[cardinality(ids)];
          delete from account_search_keys where account_id = any(ids);
          insert into account_search_keys
            (account_id, key, corporation_id, role, state, held_until)
          select distinct a.id, substr(whole, place, 40), a.corporation_id, a.role, a.state,
                 a.held_until
          from accounts a,
               lateral (values (search_fold(a.name), true), (search_fold(a.name_kana), true),
                               (search_fold(a.login_id), false), (search_fold(a.email), false))
                 as source (whole, anywhere),
               generate_series(1, length(whole)) place
          where a.id = any(ids)
            and (anywhere or place = 1
                 or substr(whole, place - 1, 1) in ('.', '_', '-', '@', '+'));
        end loop;
      end $$`);
  }
}

/** A copy, to tell the names that it made something else of. */
const FORMER_FOLD = `
  do $$ begin
    execute replace(pg_get_functiondef('search_fold(text)'::regprocedure), 'search_fold', 'former_fold');
  end $$`;

const INDEXES = [
  'accounts_found_by_name',
  'accounts_found_by_kana',
  'desk_cases_by_asker',
  'enrollments_by_applicant',
];
