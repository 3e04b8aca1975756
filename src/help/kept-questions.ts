import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '../config.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { Mails, type Question } from '../mail/mails.js';
import { openIfPossible, Seal } from '../seal.js';
import { KeptQuestion } from './kept-question.entity.js';

/** In one mail. */
const TOGETHER = 100;
/** At once, so that unreadable ones do not hide the others. */
const MOST_READ = 5_000;

/**
 * Strangers' questions beyond those that go to the desk one by one. A flood makes few mails, and
 * nobody's question is refused or lost for it.
 */
@Injectable()
export class KeptQuestions implements OnModuleInit {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: Mails,
  ) {
    this.#seal = new Seal(config.keysFor('kept-questions'));
  }

  onModuleInit(): void {
    this.jobs.register('mail-kept-questions', () => this.mailAll(), '*/20 * * * *');
  }

  /** In the caller's transaction. */
  async keep(question: Question, site: string): Promise<void> {
    const sealedQuestion = this.#seal.seal(question);
    await this.em.persist(this.em.create(KeptQuestion, { site, sealedQuestion })).flush();
  }

  async mailAll(): Promise<void> {
    while (await inTransaction(this.em, () => this.#mailSome()));
  }

  /**
   * Those under a key that this process does not have wait for one that has it.
   * @returns false when there was nothing to mail
   */
  async #mailSome(): Promise<boolean> {
    const readable = (await this.#inTurn()).flatMap(({ id, sealed }) => {
      const question = openIfPossible<Question & { time: string }>(this.#seal, sealed);
      return question ? [{ id, question: { ...question, time: new Date(question.time) } }] : [];
    });
    const next = readable.slice(0, TOGETHER);
    if (next.length === 0) return false;
    await this.mails.questionsForDesk(next.map(({ question }) => question));
    await this.em.nativeDelete(KeptQuestion, { id: next.map(({ id }) => id) });
    return true;
  }

  /** Each network's first one, then each one's second: whoever floods stands last. */
  #inTurn() {
    const turn = sql`row_number() over (partition by site order by created_at)`;
    return tables(this.em)
      .selectFrom('kept_questions')
      .select(['id', 'sealed_question as sealed'])
      .orderBy(turn)
      .orderBy('created_at')
      .limit(MOST_READ)
      .execute();
  }
}
