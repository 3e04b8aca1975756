import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import type { Act } from '../../audit/acts.js';
import { CaseEntry } from '../../cases/case-entry.entity.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { DueTimes } from '../../cases/due-times.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Operator } from '../../identity/operator.entity.js';
import { isUuid } from '../../web/uuid.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { CaseSubjects } from './subjects/case-subjects.js';

/** Who of the desk does it. */
export type DeskWorker = Pick<SignedInOperator, 'operatorId' | 'name' | 'visit'>;

export type CaseWorkRefusal = 'state-changed' | 'case-unknown' | 'case-open' | 'account-deleted';

export type CaseWorked = Settled<CaseWorkRefusal>;

type Refusal = CaseWorkRefusal | undefined;

/** What people of the desk do to a case beside deciding it. Each act is an entry of the case. */
@Injectable()
export class CaseWork {
  constructor(
    private readonly em: EntityManager,
    private readonly dues: DueTimes,
    private readonly subjects: CaseSubjects,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** 自分が担当する: of several who do so at once, one gets it. */
  take(caseNumber: string, me: DeskWorker): Promise<CaseWorked> {
    return this.#logged('case-assignment', caseNumber, me, '', async (deskCase) => {
      if (!deskCase.isOpen || deskCase.assignee) return 'state-changed';
      return this.#assign(deskCase, me, me.operatorId);
    });
  }

  /** @param to somebody of the desk; absent for nobody */
  assign(caseNumber: string, me: DeskWorker, to?: string): Promise<CaseWorked> {
    return this.#logged('case-assignment', caseNumber, me, '', async (deskCase) => {
      const isSame = (deskCase.assignee?.id ?? undefined) === to;
      if (!deskCase.isOpen || isSame) return 'state-changed';
      return this.#assign(deskCase, me, to);
    });
  }

  /** No customer ever reads it, so it is no row of a company's log. */
  async note(caseNumber: string, me: DeskWorker, text: string): Promise<CaseWorked> {
    return this.#act(caseNumber, (deskCase) => {
      this.#enter(deskCase, me, { kind: 'note', text });
      return Promise.resolve(undefined);
    });
  }

  /** お客様の返事待ち, for five working days. */
  wait(caseNumber: string, me: DeskWorker): Promise<CaseWorked> {
    return this.#act(caseNumber, async (deskCase) => {
      const mayWait = deskCase.state !== 'waiting' && (await this.subjects.mayWait(deskCase));
      if (!deskCase.isOpen || !mayWait) return 'state-changed';
      await this.waitFor(deskCase, me);
      return undefined;
    });
  }

  /** In the caller's transaction. */
  async waitFor(deskCase: DeskCase, me: DeskWorker): Promise<void> {
    deskCase.waitForCustomer(await this.dues.customerUntil(deskCase));
    this.#enter(deskCase, me, { kind: 'state', state: 'waiting' });
  }

  /** 対応に戻す: nobody waits for the customer any more. */
  goOn(caseNumber: string, me: DeskWorker): Promise<CaseWorked> {
    return this.#act(caseNumber, async (deskCase) => {
      if (deskCase.state !== 'waiting') return 'state-changed';
      return this.#goOn(deskCase, me);
    });
  }

  /** What the desk decides ends with the decision alone. */
  close(caseNumber: string, me: DeskWorker, why: string): Promise<CaseWorked> {
    return this.#logged('case-closing', caseNumber, me, why, async (deskCase) => {
      if (!deskCase.isOpen) return 'state-changed';
      if (await this.subjects.isUndecided(deskCase)) return 'case-open';
      return this.finish(deskCase, me, why);
    });
  }

  /**
   * Several questions at once, of a flood say; those that are done, or no questions, are left alone.
   * @returns how many it ended
   */
  closeQuestions(caseNumbers: string[], me: DeskWorker, why: string): Promise<number> {
    return inTransaction(this.em, async () => {
      const open = {
        caseNumber: { $in: caseNumbers },
        subject: null,
        state: { $ne: 'done' },
      } as const;
      const held = {
        lockMode: LockMode.PESSIMISTIC_WRITE,
        orderBy: { id: 'asc' },
        refresh: true,
      } as const;
      const questions = await this.em.find(DeskCase, open, held);
      for (const deskCase of questions) {
        await this.finish(deskCase, me, why);
        const { caseNumber, corporation } = deskCase;
        const of = { corporationId: corporation?.id, visit: me.visit };
        const facts = { caseNumber, operator: me.name, why };
        await this.audit.done('case-closing', of, facts);
      }
      return questions.length;
    });
  }

  /** In the caller's transaction. */
  async finish(deskCase: DeskCase, me: DeskWorker, why = ''): Promise<undefined> {
    deskCase.close(await databaseNow(this.em), me.name);
    this.#enter(deskCase, me, { kind: 'state', state: 'done', text: why });
  }

  reopen(caseNumber: string, me: DeskWorker, why: string): Promise<CaseWorked> {
    return this.#logged('case-reopening', caseNumber, me, why, async (deskCase) => {
      await this.em.populate(deskCase, ['account']);
      if (deskCase.isErased) return 'account-deleted';
      if (deskCase.isOpen || (await this.cases.successorOf(deskCase))) return 'state-changed';
      deskCase.kind = await this.subjects.kindOf(deskCase);
      return this.#goOn(deskCase, me, why);
    });
  }

  async #goOn(deskCase: DeskCase, me: DeskWorker, why = ''): Promise<undefined> {
    deskCase.goOn(await this.dues.dueAt(deskCase));
    this.#enter(deskCase, me, { kind: 'state', state: deskCase.state, text: why });
  }

  async #assign(deskCase: DeskCase, me: DeskWorker, to: string | undefined): Promise<Refusal> {
    const operator =
      to && isUuid(to) ? await this.em.findOne(Operator, { id: to, endedAt: null }) : null;
    if (to !== undefined && !operator) return 'state-changed';
    deskCase.assign(operator);
    this.#enter(deskCase, me, { kind: 'assignment', text: operator?.name ?? '' });
    return undefined;
  }

  #enter(
    deskCase: DeskCase,
    { operatorId }: DeskWorker,
    entry: Pick<CaseEntry, 'kind'> & Partial<Pick<CaseEntry, 'text' | 'state'>>,
  ): void {
    const operator = this.em.getReference(Operator, operatorId);
    this.em.create(CaseEntry, { deskCase, operator, ...entry });
  }

  /** Also a row of the company's log. */
  #logged(
    act: Act,
    caseNumber: string,
    { name: operator, visit }: DeskWorker,
    why: string,
    work: (deskCase: DeskCase) => Promise<Refusal>,
  ): Promise<CaseWorked> {
    const facts = { caseNumber, operator, ...(why !== '' && { why }) };
    return this.#held(caseNumber, async (deskCase) => {
      const refusal = await work(deskCase);
      const of = { corporationId: deskCase.corporation?.id, visit };
      return this.audit.settle(act, refusal, of, facts);
    });
  }

  #act(caseNumber: string, work: (deskCase: DeskCase) => Promise<Refusal>): Promise<CaseWorked> {
    return this.#held(caseNumber, async (deskCase) => {
      const reason = await work(deskCase);
      return reason ? { ok: false, reason } : { ok: true };
    });
  }

  #held(
    caseNumber: string,
    work: (deskCase: DeskCase) => Promise<CaseWorked>,
  ): Promise<CaseWorked> {
    return inTransaction<CaseWorked>(this.em, async () => {
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const deskCase = await this.em.findOne(DeskCase, { caseNumber }, { lockMode, refresh: true });
      return deskCase ? work(deskCase) : { ok: false, reason: 'case-unknown' };
    });
  }
}
