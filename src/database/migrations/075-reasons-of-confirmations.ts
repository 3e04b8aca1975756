import { Migration } from '@mikro-orm/migrations';

/** What customers read of a naming is the reason of its confirmation, which is an entry of the case. */
export class ReasonsOfConfirmations075 extends Migration {
  override name = '075-reasons-of-confirmations';

  override async up(): Promise<void> {
    await this.execute('alter table appointments add column if not exists confirmed_reason text');
    await this.execute(`
      update appointments a set confirmed_reason = (
        select e.text from desk_case_entries e join desk_cases c on c.id = e.desk_case_id
        where c.subject = a.enrollment_id and e.decision = 'confirm'
        order by e.at desc limit 1)
      where a.confirmed_at is not null`);
  }
}
