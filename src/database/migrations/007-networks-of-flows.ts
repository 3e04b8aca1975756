import { Migration } from '@mikro-orm/migrations';

/** Flows and form ids are bounded by the network that they come from. */
export class NetworksOfFlows007 extends Migration {
  override name = '007-networks-of-flows';

  override up(): void {
    for (const table of ['flows', 'form_submissions']) {
      this.addSql(`alter table ${table} add column site text not null default ''`);
      this.addSql(`create index ${table}_by_site on ${table} (site, created_at)`);
    }
  }
}
