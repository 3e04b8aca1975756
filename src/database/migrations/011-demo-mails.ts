import { Migration } from '@mikro-orm/migrations';

/** The mailbox of the embedded demo; it stays empty wherever a mail server is configured. */
export class DemoMails011 extends Migration {
  override name = '011-demo-mails';

  override up(): void {
    this.addSql(`
      create table demo_mails (
        id integer primary key generated always as identity,
        message_id text not null unique,
        sender text not null,
        recipient text not null,
        subject text not null,
        body_text text not null,
        body_html text not null,
        received_at timestamptz not null default genkan_now()
      )`);
  }
}
