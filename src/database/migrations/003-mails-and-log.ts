import { Migration } from '@mikro-orm/migrations';

/** Mails on their way, the mailbox of the demo, and the log. */
export class MailsAndLog003 extends Migration {
  override name = '003-mails-and-log';

  override up(): void {
    this.#mails();
    this.#log();
  }

  /**
   * The rendered mail holds a one-time link: it is kept sealed, and only until the server took it.
   * While a try is under way, `next_attempt_at` is the time after which it counts as lost.
   */
  #mails(): void {
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
    this.addSql(`
      create index mail_deliveries_bounced on mail_deliveries (corporation_id)
      where state = 'bounced'`);
    // The mailbox of the demo stays empty wherever a mail server is configured.
    this.addSql(`
      create table demo_mails (
        id integer primary key generated always as identity,
        message_id text not null unique,
        sender text not null,
        recipient text not null,
        subject text not null,
        body_text text not null,
        body_html text not null,
        received_at timestamptz not null default genkan_now()
      )`);
  }

  #log(): void {
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
    this.addSql('create index audit_entries_by_account on audit_entries (account_id, id desc)');
    // The replay of sign-ins against an IP draft, and the end of an entry, read nothing but these.
    this.addSql(`
      create index audit_entries_sign_ins on audit_entries (corporation_id, at)
      include (account_id, address) where act = 'sign-in' and reason = 'done'`);
    this.addSql(`
      create index audit_entries_sign_ins_by_account on audit_entries (account_id, at)
      include (address) where act = 'sign-in' and reason = 'done'`);
  }
}
