import { Migration } from '@mikro-orm/migrations';

/** Who of the desk ended a case, for the words that end with it; those that outlived theirs end now. */
export class WordsEndWithTheirCase063 extends Migration {
  override name = '063-words-end-with-their-case';

  override up(): void {
    this.addSql('alter table desk_cases add column closed_by text');
    this.addSql(`
      with ended as (
        update factor_removals r set first_operator = null
        where outcome is null and began_at is null and first_operator is not null
          and not exists (select from desk_cases c
                          where c.subject = r.account_id and c.state <> 'done')
        returning account_id, corporation_id)
      insert into audit_entries (corporation_id, act, reason, facts)
      select corporation_id, 'factor-word-end', 'done',
             jsonb_build_object('target', account_id, 'cause', 'case-closed')
      from ended`);
  }
}
