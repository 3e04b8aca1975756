import { Migration } from '@mikro-orm/migrations';

/**
 * Suspensions of the desk, which alone ends them. Former versions did not tell them from others
 * without a known author: only the log does.
 */
export class FrozenByDesk023 extends Migration {
  override name = '023-frozen-by-desk';

  override up(): void {
    this.addSql('alter table accounts add column frozen_by_desk boolean not null default false');
    this.addSql(`
      update accounts a set frozen_by_desk = true
      where (a.state = 'suspended' or a.deleted_from = 'suspended')
        and a.suspended_by is null and not a.in_case
        and exists (
          select from audit_entries e
          where e.corporation_id = a.corporation_id and e.act = 'account-suspension'
            and e.reason = 'done' and e.facts ->> 'target' = a.id::text and e.facts ? 'operator')`);
  }
}
