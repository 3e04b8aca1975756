import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { ANSWER_UNDELIVERED, type UndeliveredMail } from '../mail/undelivered-mails.js';
import { CaseEntry } from './case-entry.entity.js';
import { DeskCase } from './desk-case.entity.js';
import { DeskCases } from './desk-cases.js';
import { DueTimes } from './due-times.js';

/** Answers that did not arrive: nobody waits for a customer who got none. */
@Injectable()
export class LostAnswers implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly dues: DueTimes,
    private readonly cases: DeskCases,
  ) {}

  onModuleInit(): void {
    this.jobs.register(ANSWER_UNDELIVERED, (payload) => this.look(payload as UndeliveredMail));
  }

  /**
   * The case goes on, also one that was closed before, unless somebody answered meanwhile; where the
   * same has another case by now, that one.
   */
  async look({ deliveryId }: UndeliveredMail): Promise<void> {
    const populate = ['delivery'] as const;
    const sent = { kind: 'answer', delivery: deliveryId } as const;
    const answer = await this.em.findOne(CaseEntry, sent, { populate, refresh: true });
    if (!answer) return;
    await inTransaction(this.em, async () => {
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
      const answered = await this.em.findOne(DeskCase, { id: answer.deskCase.id }, held);
      if (!answered?.isAnswerLost || (answered.isOpen && answered.state !== 'waiting')) return;
      if (await this.#isNoted(answer)) return;
      const deskCase = (await this.cases.holdSuccessorOf(answered)) ?? answered;
      if (deskCase.state === 'waiting' || !deskCase.isOpen)
        deskCase.goOn(await this.dues.dueAt(deskCase));
      const { state } = deskCase;
      this.em.create(CaseEntry, { deskCase, kind: 'state', state, delivery: answer.delivery });
      await this.em.flush();
    });
  }

  /** A job may be done twice, and somebody of the desk may wait again knowing of it. */
  async #isNoted({ delivery }: CaseEntry): Promise<boolean> {
    const at = { $gte: delivery?.finishedAt ?? null };
    return (await this.em.count(CaseEntry, { kind: 'state', delivery, at })) > 0;
  }
}
