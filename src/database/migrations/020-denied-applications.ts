import { Migration } from '@mikro-orm/migrations';

/**
 * The browser that applied is shown to the reader of the mailbox, who may say that somebody else
 * applied. The first of two people of the desk who send a newcomer away.
 */
export class DeniedApplications020 extends Migration {
  override name = '020-denied-applications';

  override up(): void {
    this.addSql(`
      alter table enrollments
        add column browser text not null default '',
        add column denied_subject text,
        add column dismissed_by text`);
    this.addSql('create index enrollments_by_denied_subject on enrollments (denied_subject)');
  }
}
