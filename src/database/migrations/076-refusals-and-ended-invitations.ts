import { Migration } from '@mikro-orm/migrations';

/** What an error page told and whom, for a week; and the desk finds cancelled invitations, too. */
export class RefusalsAndEndedInvitations076 extends Migration {
  override name = '076-refusals-and-ended-invitations';

  override up(): void {
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
    this.addSql(`
      create index invitations_of_company on invitations (corporation_id, created_at)
      where used_at is null and replaced_at is null`);
  }
}
