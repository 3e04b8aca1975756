import { Migration } from '@mikro-orm/migrations';

/** Who let a person of the desk in, and from when on the person's word is the second of two. */
export class SecondWords055 extends Migration {
  override name = '055-second-words';

  override up(): void {
    this.addSql(`
      alter table operators
        add column let_in_by jsonb not null default '[]',
        add column second_word_from timestamptz`);
  }
}
