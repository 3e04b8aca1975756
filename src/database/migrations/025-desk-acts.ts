import { Migration } from '@mikro-orm/migrations';

/**
 * The first of the desk's two people who name somebody else than the person who was confirmed. And
 * few accounts of many are frozen: companies without an administrator are looked for among them.
 */
export class DeskActs025 extends Migration {
  override name = '025-desk-acts';

  override up(): void {
    this.addSql('alter table appointments add column taken_back_by text');
    this.addSql('create index accounts_frozen on accounts (corporation_id) where frozen_by_desk');
  }
}
