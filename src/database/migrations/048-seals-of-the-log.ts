import { Migration } from '@mikro-orm/migrations';

/** What tells whether somebody altered the log, an hour at a time; and its rows of an hour are found. */
export class SealsOfTheLog048 extends Migration {
  override name = '048-seals-of-the-log';

  override up(): void {
    this.addSql(`
      create table audit_seals (
        number integer primary key,
        begins timestamptz not null,
        ends timestamptz not null,
        marks bytea not null,
        former bytea not null,
        seal bytea not null
      )`);
    this.addSql('create index audit_entries_by_time on audit_entries (at, id)');
  }
}
