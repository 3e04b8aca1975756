import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../../audit/audit.js';
import { CaseEntry } from '../../../cases/case-entry.entity.js';
import { DeskCase } from '../../../cases/desk-case.entity.js';
import { inTransaction } from '../../../database/transaction.js';
import { Account } from '../../../identity/account.entity.js';
import { Operator } from '../../../identity/operator.entity.js';
import { MailDelivery } from '../../../mail/mail-delivery.entity.js';
import { Mails } from '../../../mail/mails.js';
import type { AnswerForm } from './answer.form.js';
import { readersOf } from '../subjects/case-readers.js';
import { CaseSubjects } from '../subjects/case-subjects.js';
import { CaseWork, type DeskWorker } from '../case-work.js';

/** Nobody of the case reads that mailbox any more; or the case was done meanwhile. */
export type AnswerRefusal = 'not-entitled' | 'state-changed';

/** An answer to somebody of a case: its mail, and on the pages of the case that its reader has. */
@Injectable()
export class CaseAnswering {
  constructor(
    private readonly em: EntityManager,
    private readonly subjects: CaseSubjects,
    private readonly work: CaseWork,
    private readonly mails: Mails,
    private readonly audit: Audit,
  ) {}

  async answer(
    caseNumber: string,
    { to: key, answer, after }: AnswerForm,
    me: DeskWorker,
  ): Promise<Settled<AnswerRefusal>> {
    return inTransaction<Settled<AnswerRefusal>>(this.em, async () => {
      const deskCase = await this.#hold(caseNumber);
      const readers = readersOf(deskCase, await this.subjects.of(deskCase));
      const reader = readers.find((each) => each.key === key);
      const of = { corporationId: deskCase.corporation?.id, visit: me.visit };
      const target = reader?.to.accountId;
      const facts = { caseNumber, operator: me.name, ...(target && { target }) };
      if (!deskCase.isOpen) return this.audit.refuse('case-answer', 'state-changed', of, facts);
      if (!reader) return this.audit.refuse('case-answer', 'not-entitled', of, facts);
      const { path, takesReply } = reader;
      const shown = { caseNumber, answer, path, takesReply };
      const mail = await this.mails.deskAnswer(reader.to, shown);
      this.em.create(CaseEntry, {
        deskCase,
        operator: this.em.getReference(Operator, me.operatorId),
        kind: 'answer',
        text: answer,
        account: target ? this.em.getReference(Account, target) : null,
        delivery: this.em.getReference(MailDelivery, mail),
      });
      await this.#goOn(deskCase, after, me);
      return this.audit.done('case-answer', of, facts);
    });
  }

  /** What has to be decided is not done by an answer. */
  async #goOn(deskCase: DeskCase, after: AnswerForm['after'], me: DeskWorker): Promise<void> {
    deskCase.takeUp(this.em.getReference(Operator, me.operatorId));
    if (after === 'waiting') await this.work.waitFor(deskCase, me);
    const isDone = after === 'done' && !(await this.subjects.isUndecided(deskCase));
    if (isDone) await this.work.finish(deskCase, me);
    await this.em.flush();
  }

  async #hold(caseNumber: string): Promise<DeskCase> {
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const deskCase = await this.em.findOneOrFail(DeskCase, { caseNumber }, held);
    await this.em.populate(deskCase, ['corporation', 'account.corporation', 'assignee']);
    return deskCase;
  }
}
