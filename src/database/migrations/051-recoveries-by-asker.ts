import { Migration } from '@mikro-orm/migrations';

/** Who asked for a recovery: strangers void nothing of it, and its code is taken where it was asked for. */
export class RecoveriesByAsker051 extends Migration {
  override name = '051-recoveries-by-asker';

  override up(): void {
    this.addSql(`
      alter table recoveries
        add column asked_in uuid,
        add column asked_from text,
        add column superseded_at timestamptz`);
    this.addSql('create index recoveries_asked_in on recoveries (asked_in)');
    // A mailbox may have a recovery for each network that asked; everything else has one live link.
    this.addSql('drop index mailed_links_one_live');
    this.addSql(`
      create unique index mailed_links_one_live on mailed_links (purpose, subject)
      where used_at is null and replaced_at is null and purpose <> 'recovery'`);
    this.addSql(`
      create index mailed_links_recoveries on mailed_links (subject)
      where used_at is null and replaced_at is null and purpose = 'recovery'`);
  }
}
