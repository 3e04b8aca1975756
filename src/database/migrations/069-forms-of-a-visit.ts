import { Migration } from '@mikro-orm/migrations';

/** Whose the answer of a form is: its cookies and its notice are for no other visit. */
export class FormsOfAVisit069 extends Migration {
  override name = '069-forms-of-a-visit';

  override up(): void {
    this.addSql('alter table form_submissions add column if not exists visit_mark text');
  }
}
