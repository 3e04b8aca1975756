import { Migration } from '@mikro-orm/migrations';

/** Which applications the desk let begin, whoever else applies. */
export class GrantedApplications050 extends Migration {
  override name = '050-granted-applications';

  override up(): void {
    this.addSql(`alter table enrollments add column granted_at timestamptz`);
  }
}
