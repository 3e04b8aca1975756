import { Migration } from '@mikro-orm/migrations';

/**
 * The people of the desk; mails found by their address; and which SECRET_KEY made a digest that
 * nothing else can tell. Rows without one were made by 0.2.0, or before.
 */
export class OperatorsAndKeys013 extends Migration {
  override name = '013-operators-and-keys';

  override up(): void {
    this.addSql(`
      create table operators (
        id uuid primary key default gen_random_uuid(),
        login_id text not null,
        login_id_key text not null constraint operators_login_id_key_unique unique,
        name text not null,
        email text not null,
        password_hash text not null,
        must_change_password boolean not null default true,
        created_at timestamptz not null default genkan_now()
      )`);
    this.addSql(`
      create index mail_deliveries_by_recipient on mail_deliveries (lower(recipient), created_at)`);
    this.addSql(`
      create table secret_keys (
        fingerprint text primary key,
        adopted_at timestamptz not null default genkan_now(),
        retired_at timestamptz
      )`);
    this.addSql(
      'create unique index secret_keys_one_current on secret_keys ((true)) where retired_at is null',
    );
    for (const table of ['transfer_accounts', 'ip_tickets'])
      this.addSql(`alter table ${table} add column secret_key text`);
  }
}
