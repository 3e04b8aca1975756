import { Migration } from '@mikro-orm/migrations';

/** What makes the known browsers of somebody of the desk unknown again. */
export class DeskBrowsers046 extends Migration {
  override name = '046-desk-browsers';

  override up(): void {
    this.addSql(`alter table operators add column browser_epoch integer not null default 0`);
  }
}
