import { Migration } from '@mikro-orm/migrations';

/**
 * Requests to recover an ID or password. There is a row for every address that was typed, known or
 * not, so that both cost the same; only a known one gets a token. The link belongs to the mailbox,
 * because several people, even of several companies, may share one.
 */
export class Recoveries012 extends Migration {
  override name = '012-recoveries';

  override up(): void {
    this.addSql(`
      create table recoveries (
        id uuid primary key default gen_random_uuid(),
        mailbox bytea not null,
        email_key text,
        token_hash bytea unique,
        code_hash bytea,
        code_tries integer not null default 0,
        code_first_tried_at timestamptz,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        replaced_at timestamptz
      )`);
    this.addSql(`
      create unique index recoveries_one_live on recoveries (mailbox)
      where used_at is null and replaced_at is null`);
  }
}
