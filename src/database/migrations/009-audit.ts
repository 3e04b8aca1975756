import { Migration } from '@mikro-orm/migrations';

/** Rows are added and never altered: the database refuses everything else, whoever asks. */
export class Audit009 extends Migration {
  override name = '009-audit';

  override up(): void {
    this.addSql(`
      create table audit_entries (
        id bigint generated always as identity primary key,
        at timestamptz not null default genkan_now(),
        corporation_id uuid,
        account_id uuid,
        act text not null,
        reason text not null,
        address inet,
        request_id text,
        facts jsonb not null default '{}'
      )`);
    this.addSql('create index audit_entries_by_corporation on audit_entries (corporation_id, id)');
    this.addSql(`
      create function refuse_audit_change() returns trigger
      language plpgsql as $$
      begin
        raise exception 'the log is append only' using errcode = 'GK002';
      end $$`);
    this.addSql(`
      create trigger audit_entries_append_only before update or delete or truncate on audit_entries
      for each statement execute function refuse_audit_change()`);
  }
}
