import { Migration } from '@mikro-orm/migrations';

/**
 * What an error page told and whom, for a week. And the desk finds cancelled invitations, and who
 * applied by kana and login ID.
 */
export class RefusalsAndEndedInvitations076 extends Migration {
  override name = '076-refusals-and-ended-invitations';

  override up(): void {
    this.addSql(`
      alter table desk_cases
        add column asker_kana text not null default '',
        add column asker_login_key text not null default ''`);
    this.addSql(`
      create index desk_cases_by_asker_kana on desk_cases
        ((search_fold(asker_kana)) collate "C", opened_at desc)`);
    this.addSql(`
      create index desk_cases_by_asker_login on desk_cases
        (asker_login_key collate "C", opened_at desc)`);
    this.addSql(`
      alter table refused_requests
        add column title text,
        add column reason text,
        add column account_id uuid,
        add column invitation_id uuid`);
    for (const column of ['name', 'name_kana']) {
      this.addSql(`drop index invitations_by_${column}`);
      this.addSql(`
        create index invitations_by_${column} on invitations (search_fold(${column}) collate "C")
        where used_at is null and replaced_at is null`);
    }
    this.addSql('drop index invitations_by_email');
    this.addSql(`
      create index invitations_by_email on invitations (email_key) where used_at is null`);
    this.addSql(`
      create index invitations_of_company on invitations (corporation_id, created_at)
      where used_at is null and replaced_at is null`);
  }
}
