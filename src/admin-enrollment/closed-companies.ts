import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeskCases } from '../cases/desk-cases.js';
import { Config } from '../config.js';
import { databaseNow } from '../database/clock.js';
import { CaseTurns } from './case-turns.js';
import { Enrollment } from './enrollment.entity.js';
import { FactorWait } from './factor-wait.js';
import { rest, startAnew } from './resting-cases.js';
import { Witnesses } from './witnesses.js';

/**
 * What becomes of a company's cases while nobody of it can sign in: no time of theirs runs, and an
 * objection by a mailed link stops the newcomer as before. In the transaction that closes or opens the company, which
 * holds it.
 */
@Injectable()
export class ClosedCompanies {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly waits: FactorWait,
    private readonly witnesses: Witnesses,
    private readonly turns: CaseTurns,
    private readonly cases: DeskCases,
  ) {}

  async close(corporation: string): Promise<void> {
    for (const enrollment of await this.#running(corporation)) rest(enrollment);
    await this.em.flush();
  }

  /** Whoever may object hears it anew, with a link that works as long as one from today. */
  async open(corporation: string): Promise<void> {
    const now = await databaseNow(this.em);
    const probation = { seconds: this.config.enrollmentProbation / 1000 };
    const hold = { seconds: this.config.enrollmentHold / 1000 };
    for (const enrollment of await this.#running(corporation)) {
      const wait = await this.waits.of(enrollment);
      startAnew(enrollment, now, { hold, wait, probation });
      await this.em.flush();
      await this.cases.probationMoved(enrollment.id);
      await this.witnesses.tellOfActivation(enrollment);
    }
    await this.turns.callNext();
  }

  #running(corporation: string): Promise<Enrollment[]> {
    return this.em.find(
      Enrollment,
      { corporation, state: 'running', stage: ['held', 'probation'] },
      { populate: ['account', 'corporation'], refresh: true },
    );
  }
}
