import { Migration } from '@mikro-orm/migrations';

/** How often the second factors of an account changed, which the database counts (factor-changes.sql). */
export class ChangesOfFactors067 extends Migration {
  override name = '067-changes-of-factors';

  override up(): void {
    this.addSql('alter table accounts add column factor_changes integer not null default 0');
  }
}
