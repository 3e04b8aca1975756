import { Migration } from '@mikro-orm/migrations';

/** What error pages told, by the number that they show: a few thousand, for a week. */
export class RefusedRequests060 extends Migration {
  override name = '060-refused-requests';

  override up(): void {
    this.addSql(`
      create table refused_requests (
        request_id text primary key,
        at timestamptz not null,
        lane text not null check (lane in ('person', 'stranger', 'unknown-path')),
        status integer not null,
        method text not null,
        path text not null,
        address inet)`);
    this.addSql('create index refused_requests_by_time on refused_requests (lane, at)');
  }
}
