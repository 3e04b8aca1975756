import { Migration } from '@mikro-orm/migrations';

/** The request that works on a form, and whether it did what the form asks for. */
export class ActedSubmissions022 extends Migration {
  override name = '022-acted-submissions';

  override up(): void {
    this.addSql(`
      alter table form_submissions
        add column holder uuid,
        add column acted_at timestamptz`);
  }
}
