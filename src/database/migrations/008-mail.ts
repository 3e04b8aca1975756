import { Migration } from '@mikro-orm/migrations';

/**
 * The rendered mail holds a one-time link: it is kept sealed, and only until the server took it.
 * While a try is under way, next_attempt_at is the time after which it counts as lost.
 */
export class Mail008 extends Migration {
  override name = '008-mail';

  override up(): void {
    this.addSql(`
      create table mail_deliveries (
        id uuid primary key,
        kind text not null,
        account_id uuid references accounts on delete set null,
        corporation_id uuid references corporations,
        recipient text not null,
        state text not null default 'queued' check (state in
          ('queued', 'handed-over', 'deferred', 'bounced', 'suppressed')),
        attempts integer not null default 0,
        in_hand boolean not null default false,
        server_answer text,
        sealed_message bytea,
        created_at timestamptz not null default genkan_now(),
        next_attempt_at timestamptz default now(),
        finished_at timestamptz
      )`);
    this.addSql(
      'create index mail_deliveries_by_account on mail_deliveries (account_id, created_at)',
    );
    this.addSql(`
      create index mail_deliveries_open on mail_deliveries (next_attempt_at)
      where state in ('queued', 'deferred')`);
  }
}
