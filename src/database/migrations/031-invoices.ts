import { Migration } from '@mikro-orm/migrations';

/** The last two invoices of each company, as digests; and what the desk sees of one that was shown. */
export class Invoices031 extends Migration {
  override name = '031-invoices';

  override up(): void {
    this.addSql(`
      create table invoices (
        corporation_id uuid not null
          constraint invoices_corporation_id_foreign references corporations on delete cascade,
        issued_on date not null,
        digest bytea not null,
        secret_key text not null,
        created_at timestamptz not null default genkan_now(),
        primary key (corporation_id, issued_on, digest))`);
    this.addSql('alter table enrollments add column invoice_refusal text');
  }
}
