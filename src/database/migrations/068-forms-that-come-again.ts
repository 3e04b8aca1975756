import { Migration } from '@mikro-orm/migrations';

/** How often a form came again after it had led somewhere: its cookies are given a few times only. */
export class FormsThatComeAgain068 extends Migration {
  override name = '068-forms-that-come-again';

  override up(): void {
    this.addSql('alter table form_submissions add column asked integer not null default 0');
  }
}
