import { Migration } from '@mikro-orm/migrations';

/**
 * A case: somebody who knows a company's two numbers wants to become its administrator. In review
 * there is no account yet: the details wait, sealed, for the desk, and the corporation is only known
 * when the numbers matched one.
 */
export class Enrollments007 extends Migration {
  override name = '007-enrollments';

  override up(): void {
    this.addSql(`
      create table enrollments (
        id uuid primary key default gen_random_uuid(),
        case_number text not null unique,
        kind text not null check (kind in ('initial', 'succession')),
        state text not null check (state in
          ('review', 'awaiting-activation', 'completed', 'withdrawn', 'expired', 'refused')),
        corporation_id uuid references corporations,
        account_id uuid references accounts on delete set null,
        corporate_number text not null,
        applicant text not null,
        sealed_details bytea,
        address inet not null,
        created_at timestamptz not null default genkan_now(),
        decided_at timestamptz
      )`);
    this.addSql(`
      create unique index enrollments_one_initial on enrollments (corporation_id)
      where kind = 'initial' and state = 'awaiting-activation'`);
    this.addSql('create index enrollments_by_account on enrollments (account_id)');
  }
}
