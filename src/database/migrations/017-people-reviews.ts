import { Migration } from '@mikro-orm/migrations';

/** When a company last looked whether all of its accounts are still needed, and whether it is reminded to. */
export class PeopleReviews017 extends Migration {
  override name = '017-people-reviews';

  override up(): void {
    this.addSql(`
      create table people_reviews (
        corporation_id uuid primary key references corporations on delete cascade,
        reviewed_at timestamptz,
        reviewed_by uuid references accounts on delete set null,
        reminders boolean not null default true,
        reminded_at timestamptz
      )`);
    this.addSql(`
      create index enrollments_successions on enrollments (corporation_id)
      where kind = 'succession'`);
  }
}
