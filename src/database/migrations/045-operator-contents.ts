import { Migration } from '@mikro-orm/migrations';

/** Tiles and notices of the TOP page, once the desk edits them; pages of the desk's own log; invitations by address. */
export class OperatorContents045 extends Migration {
  override name = '045-operator-contents';

  override up(): void {
    this.addSql(`
      create table operator_contents (
        kind text primary key constraint operator_contents_kind_check
          check (kind in ('applications', 'notices')),
        entries jsonb not null,
        version integer not null,
        changed_by text not null,
        changed_at timestamptz not null default genkan_now()
      )`);
    for (const index of INDEXES) this.addSql(index);
  }
}

const INDEXES = [
  `create index invitations_by_email on invitations (email_key)
   where used_at is null and cancelled_at is null and replaced_at is null`,
  `create index audit_entries_of_desk on audit_entries (at, id)
   where (facts ->> 'operator' is not null or act in
     ('proof-alarm', 'master-data-import', 'invoice-import', 'log-retention', 'key-rotation'))`,
  `create index audit_entries_by_operator on audit_entries ((facts ->> 'operator'), at, id)
   where facts ->> 'operator' is not null`,
];
