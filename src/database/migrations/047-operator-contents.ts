import { Migration } from '@mikro-orm/migrations';

/** Tiles and notices of the TOP page, once the desk edits them. */
export class OperatorContents047 extends Migration {
  override name = '047-operator-contents';

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
  }
}
