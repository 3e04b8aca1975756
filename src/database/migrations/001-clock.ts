import { Migration } from '@mikro-orm/migrations';

/**
 * Every deadline of the product is compared with this function, so that the database decides
 * and a test can move the clock of all instances at once by replacing it.
 */
export class Clock001 extends Migration {
  override name = '001-clock';

  override up(): void {
    this.addSql(`
      create function genkan_now() returns timestamptz
      language sql stable parallel safe
      as 'select now()'`);
  }
}
