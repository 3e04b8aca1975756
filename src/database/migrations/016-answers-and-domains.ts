import { Migration } from '@mikro-orm/migrations';

/**
 * The notice that a form's first answer led to is shown after its second answer too. The users of a
 * mail domain are found in every company.
 */
export class AnswersAndDomains016 extends Migration {
  override name = '016-answers-and-domains';

  override up(): void {
    this.addSql('alter table form_submissions add column notice text');
    this.addSql(`
      create index accounts_by_mail_domain on accounts (split_part(email_key, '@', 2))`);
    this.addSql(`
      create index corporations_by_billing_domain
        on corporations (split_part(lower(billing_email), '@', 2))`);
  }
}
