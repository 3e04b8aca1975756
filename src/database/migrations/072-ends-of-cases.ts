import { Migration } from '@mikro-orm/migrations';

/** Whatever ends a case of the desk without the desk is an entry of it. */
export class EndsOfCases072 extends Migration {
  override name = '072-ends-of-cases';

  override up(): void {
    this.addSql(`
      alter table desk_case_entries
        drop constraint desk_case_entries_cause_check,
        add constraint desk_case_entries_cause_check check (cause in
          ('account-deleted', 'factor-changed', 'approved', 'withdrawn', 'expired', 'refused',
           'told'))`);
  }
}
