import { Migration } from '@mikro-orm/migrations';

/** What a wizard has heard so far, and which forms were already accepted. */
export class Flows010 extends Migration {
  override name = '010-flows';

  override up(): void {
    this.addSql(`
      create table flows (
        id uuid primary key,
        browser_hash bytea not null,
        kind text not null,
        entries jsonb not null default '{}',
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null
      )`);
    this.addSql('create index flows_by_browser on flows (browser_hash, kind, created_at)');
    this.addSql(`
      create table form_submissions (
        id uuid not null,
        entries_digest bytea not null,
        location text,
        created_at timestamptz not null default genkan_now(),
        primary key (id, entries_digest)
      )`);
  }
}
