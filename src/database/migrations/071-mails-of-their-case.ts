import { Migration } from '@mikro-orm/migrations';

/**
 * A mail belongs to the case that it names, and what a party says is an entry of its case. Of the
 * mails of the version before, those are known that somebody's notice or an answer is.
 */
export class MailsOfTheirCase071 extends Migration {
  override name = '071-mails-of-their-case';

  override up(): void {
    this.addSql('alter table mail_deliveries add column case_number text');
    this.addSql(`
      create index mail_deliveries_by_case on mail_deliveries (case_number)
      where case_number is not null`);
    this.addSql(`
      update mail_deliveries d set case_number = e.case_number
      from witnesses w join enrollments e on e.id = w.enrollment_id where w.delivery_id = d.id`);
    this.addSql(`
      update mail_deliveries d set case_number = c.case_number
      from desk_case_entries e join desk_cases c on c.id = e.desk_case_id
      where e.delivery_id = d.id and e.kind = 'answer'`);
    this.addSql(`
      alter table desk_case_entries
        drop constraint desk_case_entries_kind_check,
        add constraint desk_case_entries_kind_check check (kind in
          ('note', 'answer', 'assignment', 'state', 'decision', 'objection', 'statement'))`);
  }
}
