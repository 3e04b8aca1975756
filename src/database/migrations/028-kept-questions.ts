import { Migration } from '@mikro-orm/migrations';

/** Strangers' questions that reach the desk together. */
export class KeptQuestions028 extends Migration {
  override name = '028-kept-questions';

  override up(): void {
    this.addSql(`
      create table kept_questions (
        id uuid primary key default gen_random_uuid(),
        site text not null,
        sealed_question bytea not null,
        created_at timestamptz not null default genkan_now())`);
  }
}
