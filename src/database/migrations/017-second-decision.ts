import { Migration } from '@mikro-orm/migrations';

/** The first of two people of the desk who let a newcomer stay. */
export class SecondDecision017 extends Migration {
  override name = '017-second-decision';

  override up(): void {
    this.addSql('alter table enrollments add column upheld_by text');
  }
}
