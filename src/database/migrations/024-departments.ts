import { Migration } from '@mikro-orm/migrations';

/** The list of people narrowed by department, in the order of the list. */
export class Departments024 extends Migration {
  override name = '024-departments';

  override up(): void {
    this.addSql(`
      create index accounts_by_department on accounts
        (corporation_id, department, state, role, name_kana collate "C", id)
      where department <> ''`);
  }
}
